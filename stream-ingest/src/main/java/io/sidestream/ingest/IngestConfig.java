package io.sidestream.ingest;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.ingest.cluster.JobSettings;
import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.ingest.trigger.TrainingTriggerPolicy;
import io.sidestream.schemas.pairs.WindowLimits;
import io.sidestream.schemas.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that the ingest process can be told.
 *
 * @param catalogue whose training to ask for
 * @param encoderThreads threads that one call of the text encoder may use
 */
public record IngestConfig(
    KafkaConnectors kafka,
    String catalogue,
    JobSettings jobs,
    WindowLimits window,
    TrainingTriggerPolicy requests,
    int encoderThreads) {
  /** What this process' own keys begin with. */
  public static final String PREFIX = "ingest.";

  private static final int ENCODER_THREADS_MAX = 64;
  private static final long EVENTS_MAX = 1_000_000_000_000L;
  private static final Duration FOREVER = Duration.ofDays(3_650);
  private static final Duration INTERVAL_MAX = Duration.ofHours(1);

  public IngestConfig {
    check(!catalogue.isBlank(), "catalogue is blank");
    check(
        encoderThreads > 0 && encoderThreads <= ENCODER_THREADS_MAX,
        "encoder threads are %d, expected 1 to %d",
        encoderThreads,
        ENCODER_THREADS_MAX);
  }

  /**
   * The configuration that the settings give.
   *
   * @throws io.sidestream.schemas.settings.SettingsException with every mistake
   */
  public static IngestConfig from(Settings settings) {
    Duration interval =
        settings.duration(
            "ingest.checkpoint.interval",
            Duration.ofSeconds(1),
            JobSettings.INTERVAL_MIN,
            INTERVAL_MAX);
    Duration transactionTimeout =
        settings.duration(
            "ingest.transaction.timeout",
            KafkaConnectors.TRANSACTION_TIMEOUT_MAX,
            KafkaConnectors.TRANSACTION_TIMEOUT_MIN,
            KafkaConnectors.TRANSACTION_TIMEOUT_MAX);
    String catalogue = settings.string("catalogue", "default");
    Path checkpoints = settings.path("ingest.checkpoint.directory", Path.of("work/checkpoints"));
    int parallelism = settings.integer("ingest.parallelism", 2, 1, JobSettings.MAX_PARALLELISM);
    WindowLimits window = window(settings);
    TrainingTriggerPolicy requests = requests(settings, interval);
    int encoderThreads = settings.integer("ingest.encoder.threads", 1, 1, ENCODER_THREADS_MAX);
    settings.check(PREFIX);
    return new IngestConfig(
        new KafkaConnectors(clients(settings), transactionTimeout),
        catalogue,
        new JobSettings(checkpoints.toAbsolutePath().toUri(), interval, parallelism),
        window,
        requests,
        encoderThreads);
  }

  private static WindowLimits window(Settings settings) {
    WindowLimits usual = WindowLimits.DEFAULT;
    return new WindowLimits(
        settings.integer("ingest.window.items", usual.items(), 1, WindowLimits.MAX_ITEMS),
        settings.duration("ingest.window.age", usual.age(), Duration.ofSeconds(1), FOREVER));
  }

  private static TrainingTriggerPolicy requests(Settings settings, Duration interval) {
    return new TrainingTriggerPolicy(
        settings.number("ingest.requests.events", 10_000, 0, EVENTS_MAX),
        settings.duration("ingest.requests.age", Duration.ofDays(1), Duration.ZERO, FOREVER),
        settings.real("ingest.requests.uncoded.share", 0.2, 0, 1),
        settings.duration(
            "ingest.requests.interval", Duration.ofMinutes(10), Duration.ZERO, FOREVER),
        settings.duration("ingest.requests.settle", interval, Duration.ZERO, FOREVER));
  }

  private static Map<String, String> clients(Settings settings) {
    Map<String, String> clients = new TreeMap<>();
    settings.kafka().forEach((key, value) -> clients.put(key, value.toString()));
    return clients;
  }
}
