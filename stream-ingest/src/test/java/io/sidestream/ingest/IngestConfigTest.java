package io.sidestream.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.Topics;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestConfigTest {
  @Test
  void from_nothingSet_hasDefaults() {
    IngestConfig config = IngestConfig.from(Settings.of(Map.of()));

    assertEquals(Topics.DEFAULT, config.topics());
    assertEquals(Duration.ofSeconds(1), config.jobs().interval());
    assertEquals(Duration.ofSeconds(1), config.requests().commitGracePeriod());
    assertEquals("127.0.0.1:9092", config.kafka().clients().get("bootstrap.servers"));
  }

  @Test
  void from_checkpointIntervalAlone_isTheCommitGracePeriodToo() {
    IngestConfig config =
        IngestConfig.from(Settings.of(Map.of("ingest.checkpoint.interval", "30s")));

    assertEquals(Duration.ofSeconds(30), config.jobs().interval());
    assertEquals(Duration.ofSeconds(30), config.requests().commitGracePeriod());
  }

  @Test
  void from_severalMistakes_namesThemAll() {
    Settings settings =
        Settings.of(
            Map.of(
                "ingest.parallelism", "0",
                "ingest.transaction.timeout", "1h",
                "ingest.trigger.uncoded.share", "2",
                "ingest.no.such.key", "1"));

    SettingsException mistakes =
        assertThrows(SettingsException.class, () -> IngestConfig.from(settings));

    assertEquals(4, mistakes.mistakes().size(), mistakes::getMessage);
  }
}
