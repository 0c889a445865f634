package io.sidestream.index;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.onnx.Device;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.schemas.pairs.WindowLimits;
import io.sidestream.schemas.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that can be set about the index process.
 *
 * @param kafka settings for every Kafka client, {@code bootstrap.servers} among them
 * @param generations where bundles lie
 * @param directory where the index keeps its own state
 * @param applicationId names the consumer groups and internal topics; processes that share it share
 *     the requests
 * @param adminPort 0 takes a free one
 * @param workers prompts answered at once
 * @param batch most prompts taken from the topic at once
 * @param onnxThreads threads within one prompt's model run
 * @param histories how many of a person's newest different items are kept
 * @param catalogueInterval shortest time between two catalogues with new items
 * @param swapPatience longest wait before a new generation serves for items that it lacks
 * @param replyTopics topics beside the result topics that requests may name for their reply
 */
public record IndexConfig(
    Map<String, Object> kafka,
    Path generations,
    Path directory,
    String applicationId,
    String adminHost,
    int adminPort,
    int workers,
    int batch,
    Device device,
    int onnxThreads,
    int streamThreads,
    WindowLimits histories,
    Duration catalogueInterval,
    Duration swapPatience,
    Set<String> replyTopics,
    RequestHeaders headers,
    Topics topics) {
  /** Port of the admin pages unless set. */
  public static final int DEFAULT_ADMIN_PORT = 8480;

  private static final int MAX_PORT = 65_535;
  private static final int MAX_THREADS = 64;
  private static final int DEFAULT_BATCH = 32;
  private static final int MAX_BATCH = 1_000;
  private static final Duration DEFAULT_CATALOGUE_INTERVAL = Duration.ofMillis(50);

  private static final Duration DEFAULT_SWAP_PATIENCE = Duration.ofSeconds(10);
  private static final Duration MAX_SWAP_PATIENCE = Duration.ofMinutes(10);

  /** Histories are bounded by number alone. */
  private static final Duration ANY_AGE = Duration.ofDays(36_500);

  public IndexConfig {
    check(
        workers > 0 && batch > 0, "%d workers, batches of %d: expected 1 or more", workers, batch);
    kafka = Map.copyOf(kafka);
    replyTopics = Set.copyOf(replyTopics);
  }

  /** Reads all keys that begin with {@code index.}, and throws with every mistake at once. */
  public static IndexConfig from(Settings settings) {
    IndexConfig config =
        new IndexConfig(
            settings.kafka(),
            settings.path("generations.dir", Path.of("work", "generations")),
            settings.path("index.dir", Path.of("work", "index")),
            settings.string("index.application.id", "sidestream-index"),
            settings.string("index.admin.host", "127.0.0.1"),
            settings.integer("index.admin.port", DEFAULT_ADMIN_PORT, 0, MAX_PORT),
            settings.integer("index.workers", processors(), 1, MAX_THREADS),
            settings.integer("index.batch", DEFAULT_BATCH, 1, MAX_BATCH),
            settings.choice("index.device", Device.class, Device.CPU),
            settings.integer("index.onnx.threads", 1, 1, OnnxSessions.MAX_THREADS),
            settings.integer("index.stream.threads", 1, 1, MAX_THREADS),
            histories(settings),
            settings.duration(
                "index.catalogue.interval",
                DEFAULT_CATALOGUE_INTERVAL,
                Duration.ofMillis(1),
                Duration.ofMinutes(1)),
            settings.duration(
                "index.swap.patience", DEFAULT_SWAP_PATIENCE, Duration.ZERO, MAX_SWAP_PATIENCE),
            Set.copyOf(settings.list("index.reply.topics", List.of())),
            headers(settings),
            Topics.DEFAULT);
    settings.check("index.");
    return config;
  }

  private static int processors() {
    return Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
  }

  private static WindowLimits histories(Settings settings) {
    int items =
        settings.integer("index.history.items", WindowLimits.MAX_ITEMS, 1, WindowLimits.MAX_ITEMS);
    return new WindowLimits(items, ANY_AGE);
  }

  private static RequestHeaders headers(Settings settings) {
    RequestHeaders names = RequestHeaders.DEFAULT;
    return new RequestHeaders(
        settings.string("index.header.correlation.id", names.correlationId()),
        settings.string("index.header.reply.topic", names.replyTopic()),
        settings.string("index.header.reply.partition", names.replyPartition()),
        settings.string("index.header.traceparent", names.traceparent()),
        settings.string("index.header.status", names.status()),
        settings.string("index.header.generation", names.generation()),
        settings.string("index.header.error", names.error()));
  }

  /** Where the broker is. */
  String bootstrapServers() {
    return String.valueOf(kafka.get("bootstrap.servers"));
  }
}
