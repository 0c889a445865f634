package io.sidestream.ingest;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.admin.AdminConfig;
import io.sidestream.ingest.cluster.JobSettings;
import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.ingest.trigger.TrainingTriggerPolicy;
import io.sidestream.schemas.pairs.WindowLimits;
import io.sidestream.schemas.settings.SettingValues;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsSchema;
import io.sidestream.schemas.settings.SharedSettings;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Configuration of the ingest process.
 *
 * @param catalogue whose training is requested
 * @param encoderThreads threads that one call of the text encoder may use
 * @param maxCheckpointAge of each job, for the process to be ready
 */
public record IngestConfig(
    KafkaConnectors kafka,
    String catalogue,
    JobSettings jobs,
    WindowLimits window,
    TrainingTriggerPolicy requests,
    int encoderThreads,
    AdminConfig admin,
    Duration maxCheckpointAge) {
  private static final int MAX_ENCODER_THREADS = 64;
  private static final long MAX_EVENTS = 1_000_000_000_000L;

  public static final SettingsSchema SCHEMA =
      new SettingsSchema("ingest")
          .include(SharedSettings.SCHEMA)
          .path("ingest.checkpoint.dir", "work/checkpoints", "Flink's state, a directory per job")
          .duration("ingest.checkpoint.interval", "1s", "10ms", "1h", "counts are seen this late")
          .integer("ingest.parallelism", 2, 1, JobSettings.MAX_PARALLELISM, "subtasks per operator")
          .duration(
              "ingest.transaction.timeout",
              "15m",
              "10s",
              "15m",
              "of the sinks; at most the broker's transaction.max.timeout.ms")
          .include(SharedSettings.WINDOW)
          .number(
              "ingest.trigger.events",
              10_000,
              0,
              MAX_EVENTS,
              "new interactions and searches that trigger a training; 0 for never")
          .duration(
              "ingest.trigger.age",
              "1d",
              "0s",
              "3650d",
              "age of the last training request that triggers one if events came; 0s for never")
          .real(
              "ingest.trigger.uncoded.share",
              0.2,
              0,
              1,
              "new or changed share of the catalogue that triggers a training; 0 for never")
          .duration(
              "ingest.trigger.min.interval", "10m", "0s", "3650d", "between training requests")
          .duration(
              "ingest.trigger.commit.grace.period",
              "0s",
              "3650d",
              "wait until counts are committed; the checkpoint interval if not set")
          .integer("ingest.encoder.threads", 1, 1, MAX_ENCODER_THREADS, "of one text encoder call")
          .include(AdminConfig.schema("ingest", AdminConfig.INGEST_PORT))
          .duration(
              "ingest.health.checkpoint.age",
              "5m",
              "1s",
              "1d",
              "age of a job's last checkpoint above which the process is not ready");

  public IngestConfig {
    check(!catalogue.isBlank(), "catalogue is blank");
    check(
        encoderThreads > 0 && encoderThreads <= MAX_ENCODER_THREADS,
        "encoder threads are %d, expected 1 to %d",
        encoderThreads,
        MAX_ENCODER_THREADS);
  }

  /**
   * The configuration that the settings give.
   *
   * @throws io.sidestream.schemas.settings.SettingsException with every mistake
   */
  public static IngestConfig from(Settings settings) {
    return settings.read(SCHEMA, IngestConfig::of);
  }

  public static IngestConfig of(SettingValues values) {
    return new IngestConfig(
        new KafkaConnectors(clients(values), values.duration("ingest.transaction.timeout")),
        values.text("catalogue"),
        new JobSettings(
            values.path("ingest.checkpoint.dir").toAbsolutePath().toUri(),
            values.duration("ingest.checkpoint.interval"),
            values.integer("ingest.parallelism")),
        SharedSettings.window(values),
        trigger(values),
        values.integer("ingest.encoder.threads"),
        AdminConfig.of(values, "ingest"),
        values.duration("ingest.health.checkpoint.age"));
  }

  private static TrainingTriggerPolicy trigger(SettingValues values) {
    return new TrainingTriggerPolicy(
        values.number("ingest.trigger.events"),
        values.duration("ingest.trigger.age"),
        values.real("ingest.trigger.uncoded.share"),
        values.duration("ingest.trigger.min.interval"),
        values
            .optionalDuration("ingest.trigger.commit.grace.period")
            .orElseGet(() -> values.duration("ingest.checkpoint.interval")));
  }

  private static Map<String, String> clients(SettingValues values) {
    Map<String, String> clients = new TreeMap<>();
    values.kafka(SharedSettings.KAFKA).forEach((key, value) -> clients.put(key, value.toString()));
    return clients;
  }
}
