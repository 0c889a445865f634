package io.sidestream.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.admin.AdminConfig;
import io.sidestream.model.onnx.Device;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IndexConfigTest {
  @Test
  void from_nothing_hasTheDefaults() {
    IndexConfig config = IndexConfig.from(Settings.of(Map.of()));
    assertEquals("127.0.0.1:9092", config.kafka().get("bootstrap.servers"));
    assertEquals(new AdminConfig("127.0.0.1", 8480), config.admin());
    assertEquals(Device.CPU, config.device());
    assertEquals(1, config.standbys());
    assertEquals(200, config.histories().items().items());
    assertEquals(Duration.ofMillis(50), config.refreshInterval());
    assertEquals(Duration.ofSeconds(10), config.swapTimeout());
    assertEquals(RequestHeaders.DEFAULT, config.headers());
  }

  @Test
  void from_settings_areTaken() {
    IndexConfig config =
        IndexConfig.from(
            Settings.of(
                Map.of(
                    "kafka.bootstrap.servers", "broker:1",
                    "kafka.client.id", "me",
                    "index.kafka.num.standby.replicas", "2",
                    "bundles.store", "/bundles",
                    "index.dir", "/index",
                    "index.reply.topics", "a, b",
                    "index.header.correlation.id", "id")));
    assertEquals("broker:1", config.kafka().get("bootstrap.servers"));
    assertEquals("me", config.kafka().get("client.id"));
    assertEquals("2", config.kafka().get("num.standby.replicas"));
    assertEquals("/bundles/default", config.store().location());
    assertEquals(Path.of("/index"), config.directory());
    assertEquals(Set.of("a", "b"), config.replyTopics());
    assertEquals("id", config.headers().correlationId());
  }

  @Test
  void from_prefixAndCatalogue_areInIdAndDirectories() {
    IndexConfig config =
        IndexConfig.from(
            Settings.of(
                Map.of(
                    "topics.prefix", "staging.",
                    "catalogue", "films",
                    "bundles.store", "/bundles",
                    "index.dir", "/index")));
    assertEquals("staging.films.sidestream-index", config.applicationId());
    assertEquals("/bundles/namespaces/staging.films", config.store().location());
    assertEquals(Path.of("/index/namespaces/staging.films"), config.directory());
    assertEquals("staging.films.prompts", config.topics().prompts().name());
  }

  @Test
  void from_mistakes_reportsAllAtOnce() {
    SettingsException refused =
        assertThrows(
            SettingsException.class,
            () ->
                IndexConfig.from(
                    Settings.of(
                        Map.of(
                            "index.admin.port", "65536",
                            "index.workers", "65",
                            "index.history.items", "201",
                            "index.device", "tpu",
                            "index.swap.timeout", "11m",
                            "index.unheard.of", "1"))));
    assertEquals(6, refused.mistakes().size(), refused.getMessage());
  }
}
