package io.sidestream.cli.standalone;

import static java.util.Objects.requireNonNull;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.client.Brokers;
import io.sidestream.client.Connection;
import io.sidestream.gateway.GatewayApplication;
import io.sidestream.gateway.GatewayConfig;
import io.sidestream.index.IndexApplication;
import io.sidestream.index.IndexConfig;
import io.sidestream.ingest.IngestApplication;
import io.sidestream.ingest.IngestConfig;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.trainer.TrainerApplication;
import io.sidestream.trainer.TrainerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** All applications in this process over an embedded broker, in one work directory. */
public final class StandaloneSystem implements AutoCloseable {
  /** Is called after the start of each part, with the time it took. */
  @FunctionalInterface
  public interface StartListener {
    void started(String part, String detail, Duration took);
  }

  private final WorkPaths work;
  private final Clock clock = Clock.systemUTC();
  private final StartListener listener;
  private final Lifecycle lifecycle = new Lifecycle();
  private @Nullable EmbeddedBroker broker;
  private @Nullable Connection connection;
  private @Nullable IndexApplication index;
  private @Nullable GatewayApplication gateway;

  private StandaloneSystem(WorkPaths work, StartListener listener) {
    this.work = work;
    this.listener = listener;
  }

  /**
   * Starts everything; returns when requests are answered, with NOT_READY until there is a
   * generation.
   *
   * @param port of the broker on 127.0.0.1; 0 takes a free one
   * @param settings all settings of an application, given those that the system derives
   * @throws UserErrorException when a part cannot start; the message says which and why
   */
  public static StandaloneSystem start(
      WorkDirectory work,
      int port,
      Function<Map<String, String>, Settings> settings,
      TrainingProgress progress,
      StartListener listener) {
    StandaloneSystem system = new StandaloneSystem(work.paths(), listener);
    try {
      system.startParts(port, settings, progress);
      return system;
    } catch (RuntimeException e) {
      system.close();
      throw e;
    }
  }

  private void startParts(
      int port, Function<Map<String, String>, Settings> settings, TrainingProgress progress) {
    broker =
        start(
            "broker",
            () -> lifecycle.start("broker", () -> startBroker(port), EmbeddedBroker::close),
            started -> "a Kafka broker at " + started.bootstrapServers());
    Supplier<Settings> own = () -> settings.apply(derived());
    connection = Connection.of(own.get());
    start("topics", this::createTopics, Function.identity());
    IngestApplication ingest =
        run(
            "ingest",
            () -> IngestApplication.start(IngestConfig.from(own.get())),
            IngestApplication::awaitStopped,
            started -> "three Flink jobs; " + admin(started.adminPort()));
    index =
        run(
            "index",
            () -> IndexApplication.start(IndexConfig.from(own.get())),
            IndexApplication::awaitStopped,
            started -> "ready; " + admin(started.adminPort()));
    TrainerApplication trainer =
        run(
            "trainer",
            () -> TrainerApplication.start(TrainerConfig.from(own.get()), progress),
            TrainerApplication::awaitStopped,
            started -> "waits for requests; " + admin(started.adminPort()));
    Map<String, String> processes =
        Map.of(
            "gateway.processes",
            String.join(
                ",",
                process("ingest", ingest.adminPort()),
                process("index", index.adminPort()),
                process("trainer", trainer.adminPort())));
    gateway =
        run(
            "gateway",
            () -> PageGateway.start(GatewayConfig.from(settings.apply(derived(processes)))),
            GatewayApplication::awaitStopped,
            started ->
                "the page, and HTTP, at " + started.address() + "; " + admin(started.adminPort()));
  }

  private static String process(String name, int adminPort) {
    return name + "=http://127.0.0.1:" + adminPort;
  }

  private static String admin(int port) {
    return "health and metrics at 127.0.0.1:" + port;
  }

  private EmbeddedBroker startBroker(int port) throws Exception {
    return EmbeddedBroker.start(work.broker(), port);
  }

  private <T extends AutoCloseable> T run(
      String name, Callable<T> start, Lifecycle.Action<T> await, Function<T, String> detail) {
    return start(name, () -> lifecycle.run(name, start, await), detail);
  }

  private <T> T start(String part, Supplier<T> start, Function<T, String> detail) {
    long startMillis = clock.millis();
    T started = start.get();
    listener.started(part, detail.apply(started), Duration.ofMillis(clock.millis() - startMillis));
    return started;
  }

  private String createTopics() {
    Connection cluster = connection();
    try (Admin admin = Brokers.reach(cluster)) {
      TopicCreator.Outcome outcome = TopicCreator.create(admin, cluster.topics());
      return outcome.created().size() + " created, " + outcome.existing().size() + " existing";
    } catch (ExecutionException | InterruptedException e) {
      throw Brokers.unavailable(cluster, e);
    }
  }

  private Map<String, String> derived() {
    return derived(Map.of());
  }

  private Map<String, String> derived(Map<String, String> more) {
    Map<String, String> derived = new HashMap<>(work.settings());
    derived.putAll(more);
    derived.put("kafka.bootstrap.servers", bootstrapServers());
    derived.put("kafka.security.protocol", "PLAINTEXT"); // whatever other clusters need
    return derived;
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return requireNonNull(broker).bootstrapServers();
  }

  /** Where the page is. */
  public String page() {
    return requireNonNull(gateway).address();
  }

  /** The way to the embedded broker. */
  public Connection connection() {
    return requireNonNull(connection);
  }

  /** Layout of the work directory. */
  public WorkPaths work() {
    return work;
  }

  /** The generation that serves now. */
  public Optional<Generation> servingGeneration() {
    return requireNonNull(index).servingGeneration();
  }

  /**
   * Checks that every part is running.
   *
   * @throws UserErrorException when one has stopped by itself
   */
  public void checkRunning() {
    lifecycle.checkRunning();
  }

  /**
   * Waits until the system is asked to stop.
   *
   * @param stopping whether it is
   * @throws UserErrorException when a part has stopped by itself
   */
  public void awaitStopped(BooleanSupplier stopping) {
    lifecycle.awaitStopped(stopping);
  }

  /** Stops the parts, the last started first. */
  @Override
  public void close() {
    lifecycle.close();
  }
}
