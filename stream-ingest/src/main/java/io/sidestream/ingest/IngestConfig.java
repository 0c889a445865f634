package io.sidestream.ingest;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.admin.AdminConfig;
import io.sidestream.ingest.cluster.JobJar;
import io.sidestream.ingest.cluster.JobSettings;
import io.sidestream.ingest.cluster.LocalCluster;
import io.sidestream.ingest.cluster.SessionSettings;
import io.sidestream.ingest.cluster.StateBackend;
import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.ingest.trigger.TrainingTriggerPolicy;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.settings.SettingValues;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsSchema;
import io.sidestream.schemas.settings.SharedSettings;
import io.sidestream.schemas.settings.TopicSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Configuration of the ingest process.
 *
 * @param topics of the catalogue whose training is requested
 * @param session where the jobs run; in this process if empty
 * @param counting how events become counts
 * @param neighbours most neighbours that are kept of an item
 * @param store where each process finds the bundles that are announced
 * @param encoderThreads threads that one call of the text encoder may use
 * @param maxCheckpointAge of each job, for the process to be ready
 * @param flinkMetricsPort of Flink's own reporter; 0 for none
 * @param brokerTimeout how long a start waits for a broker
 */
public record IngestConfig(
    KafkaConnectors kafka,
    Topics topics,
    JobSettings jobs,
    Optional<SessionSettings> session,
    CountingRule counting,
    int neighbours,
    TrainingTriggerPolicy requests,
    BundleStoreConfig store,
    int encoderThreads,
    AdminConfig admin,
    Duration maxCheckpointAge,
    int flinkMetricsPort,
    Duration brokerTimeout) {
  /**
   * Checkpoint intervals that a transaction may last, at least: the one in which it begins, and one
   * more for a checkpoint that is late.
   */
  private static final int OPEN_INTERVALS = 2;

  private static final int MAX_PORT = 65_535;
  private static final int MAX_ENCODER_THREADS = 64;
  private static final long MAX_EVENTS = 1_000_000_000_000L;

  public static final SettingsSchema SCHEMA =
      new SettingsSchema("ingest")
          .include(SharedSettings.SCHEMA)
          .path(
              "ingest.checkpoint.dir",
              "work/checkpoints",
              "Flink's state, a directory per job; a path, or a URI of a file system of Flink's")
          .path(
              "ingest.savepoint.dir",
              "",
              "savepoints of stopped jobs, kept for good; with the checkpoints if empty")
          .duration(
              "ingest.checkpoint.interval",
              "1s",
              "10ms",
              "450s",
              "counts are seen this late; at most half of ingest.transaction.timeout")
          .integer("ingest.parallelism", 2, 1, JobSettings.MAX_PARALLELISM, "subtasks per operator")
          .choice(
              "ingest.state.backend",
              StateBackend.class,
              StateBackend.HASHMAP,
              "heap, or disk with incremental checkpoints (on a cluster only)")
          .text(
              "ingest.flink.rest",
              "",
              "HOST:PORT of a Flink cluster that runs the jobs; if empty, they run in this process")
          .path(
              "ingest.flink.jar",
              "",
              "job jar for such a cluster; the one beside this program if empty")
          .flag(
              "ingest.flink.stop.jobs",
              false,
              "stop the jobs of such a cluster, with a savepoint, when this process stops")
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
              "age of a job's last checkpoint above which the process is not ready")
          .integer(
              "ingest.flink.metrics.port",
              LocalCluster.NO_METRICS_PORT,
              0,
              MAX_PORT,
              "where Flink in this process shows its metrics, on all addresses; 0 for nowhere");

  public IngestConfig {
    check(
        encoderThreads > 0 && encoderThreads <= MAX_ENCODER_THREADS,
        "encoder threads are %d, expected 1 to %d",
        encoderThreads,
        MAX_ENCODER_THREADS);
    check(
        kafka.transactionTimeout().compareTo(jobs.interval().multipliedBy(OPEN_INTERVALS)) >= 0,
        "ingest.transaction.timeout is %s, expected %d times ingest.checkpoint.interval, %s, or"
            + " more: brokers abort what a checkpoint does not commit in time",
        kafka.transactionTimeout(),
        OPEN_INTERVALS,
        jobs.interval());
    check(
        maxCheckpointAge.compareTo(jobs.interval()) > 0,
        "ingest.health.checkpoint.age is %s, expected more than ingest.checkpoint.interval, %s",
        maxCheckpointAge,
        jobs.interval());
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
    Topics topics = TopicSettings.topics(values);
    return new IngestConfig(
        new KafkaConnectors(
            topics.namespace(), clients(values), values.duration("ingest.transaction.timeout")),
        topics,
        jobs(values),
        session(values),
        SharedSettings.counting(values),
        SharedSettings.neighbours(values),
        trigger(values),
        BundleStoreConfig.of(values),
        values.integer("ingest.encoder.threads"),
        AdminConfig.of(values, "ingest"),
        values.duration("ingest.health.checkpoint.age"),
        values.integer("ingest.flink.metrics.port"),
        SharedSettings.brokerTimeout(values));
  }

  private static JobSettings jobs(SettingValues values) {
    return new JobSettings(
        directory(values.text("ingest.checkpoint.dir")),
        Optional.of(values.text("ingest.savepoint.dir"))
            .filter(text -> !text.isBlank())
            .map(IngestConfig::directory),
        values.duration("ingest.checkpoint.interval"),
        values.integer("ingest.parallelism"),
        values.choice("ingest.state.backend", StateBackend.class));
  }

  /** A URI such as {@code s3://bucket/checkpoints}, else a path of this machine. */
  private static URI directory(String text) {
    return text.matches("[a-z][a-z0-9+.-]+:/.*")
        ? URI.create(text)
        : Path.of(text).toAbsolutePath().toUri();
  }

  private static Optional<SessionSettings> session(SettingValues values) {
    return Optional.of(values.text("ingest.flink.rest"))
        .filter(rest -> !rest.isBlank())
        .map(
            rest ->
                SessionSettings.of(
                    rest,
                    jar(values.text("ingest.flink.jar")),
                    values.flag("ingest.flink.stop.jobs")));
  }

  private static Path jar(String path) {
    return path.isBlank() ? JobJar.ofThisProgram() : Path.of(path).toAbsolutePath();
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
