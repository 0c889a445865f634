package io.sidestream.schemas.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ServiceLinksTest {
  private static final SettingsSchema SCHEMA =
      new SettingsSchema("index")
          .include(SharedSettings.SCHEMA)
          .integer("index.admin.port", 8480, 0, 65_535, "");

  /** Every variable that Kubernetes makes of three services, two of them with a named port. */
  @Tag("case-15")
  @Test
  void environment_servicesOfKubernetes_areNoSettings() {
    SettingValues values =
        values(
            Map.ofEntries(
                Map.entry("SIDESTREAM_SERVICE_HOST", "10.0.0.1"),
                Map.entry("SIDESTREAM_SERVICE_PORT", "8480"),
                Map.entry("SIDESTREAM_SERVICE_PORT_HTTP", "8480"),
                Map.entry("SIDESTREAM_PORT", "tcp://10.0.0.1:8480"),
                Map.entry("SIDESTREAM_PORT_8480_TCP", "tcp://10.0.0.1:8480"),
                Map.entry("SIDESTREAM_PORT_8480_TCP_ADDR", "10.0.0.1"),
                Map.entry("SIDESTREAM_PORT_8480_TCP_PORT", "8480"),
                Map.entry("SIDESTREAM_PORT_8480_TCP_PROTO", "tcp"),
                Map.entry("SIDESTREAM_INDEX_SERVICE_HOST", "10.0.0.2"),
                Map.entry("SIDESTREAM_INDEX_SERVICE_PORT", "8480"),
                Map.entry("SIDESTREAM_INDEX_PORT", "tcp://10.0.0.2:8480"),
                Map.entry("SIDESTREAM_INDEX_PORT_53_UDP_PROTO", "udp"),
                Map.entry("SIDESTREAM_INDEX_ADMIN_SERVICE_PORT_METRICS", "9"),
                Map.entry("SIDESTREAM_INDEX_ADMIN_PORT", "tcp://10.0.0.3:8480")));

    assertEquals(List.of(), values.mistakes());
    assertEquals(8480, values.integer("index.admin.port"));
  }

  /** The Compose file's, as in an environment that {@code .env} was read into. */
  @Test
  void environment_imageOfTheStack_isNoSetting() {
    assertEquals(List.of(), values(Map.of("SIDESTREAM_IMAGE", "sidestream:1.0")).mistakes());
  }

  /** One that is easily taken for kafka.bootstrap.servers is not left out without a word. */
  @Test
  void environment_variableLikeASetting_isRefused() {
    assertEquals(1, values(Map.of("SIDESTREAM_BOOTSTRAP_SERVERS", "kafka:9092")).mistakes().size());
  }

  @Test
  void environment_settingsThatEndLikeThem_areTaken() {
    SettingValues values = values(Map.of("SIDESTREAM_INDEX_ADMIN_PORT", "9000"));

    assertEquals(9000, values.integer("index.admin.port"));
    assertEquals(1, values(Map.of("SIDESTREAM_INDEX_PORT", "9000")).mistakes().size());
  }

  private static SettingValues values(Map<String, String> environment) {
    return Settings.load(Optional.empty(), environment, Map.of(), Map.of()).values(SCHEMA);
  }
}
