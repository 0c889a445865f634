package io.sidestream.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  /** Brokers aborted what was written in between, and readiness came and went. */
  @Test
  void from_checkpointsTooFarApartForTheOtherTimes_isAMistake() {
    assertMistake(
        Map.of("ingest.checkpoint.interval", "6s", "ingest.transaction.timeout", "10s"),
        "ingest.transaction.timeout is PT10S, expected 2 times ingest.checkpoint.interval, PT6S");
    assertMistake(
        Map.of("ingest.checkpoint.interval", "5m"),
        "ingest.health.checkpoint.age is PT5M, expected more than ingest.checkpoint.interval");
    IngestConfig.from(
        Settings.of(
            Map.of("ingest.checkpoint.interval", "5m", "ingest.health.checkpoint.age", "6m")));
  }

  /** The longest transaction lasts two of them. */
  @Test
  void from_longestInterval_isTakenAndALongerOneOutOfRange() {
    IngestConfig.from(
        Settings.of(
            Map.of("ingest.checkpoint.interval", "450s", "ingest.health.checkpoint.age", "10m")));
    assertMistake(
        Map.of("ingest.checkpoint.interval", "451s", "ingest.health.checkpoint.age", "10m"),
        "ingest.checkpoint.interval: expected a duration of 10ms to 450s");
  }

  private static void assertMistake(Map<String, String> settings, String message) {
    SettingsException mistakes =
        assertThrows(SettingsException.class, () -> IngestConfig.from(Settings.of(settings)));
    assertTrue(mistakes.getMessage().contains(message), mistakes::getMessage);
  }
}
