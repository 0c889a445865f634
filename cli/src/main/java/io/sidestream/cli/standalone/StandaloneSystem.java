package io.sidestream.cli.standalone;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.cli.client.Brokers;
import io.sidestream.index.IndexApplication;
import io.sidestream.index.IndexConfig;
import io.sidestream.ingest.IngestApplication;
import io.sidestream.ingest.IngestConfig;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.trainer.TrainerApplication;
import io.sidestream.trainer.TrainerConfig;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * Every application in this process over an embedded broker, in one work directory. Starts the
 * applications' own mains and adds nothing to them.
 */
public final class StandaloneSystem implements AutoCloseable {
  /** The one catalogue of a standalone system. */
  public static final String CATALOGUE = "default";

  private static final long PAUSE_NANOS = 200_000_000;

  private final WorkPaths work;
  private final Lifecycle parts = new Lifecycle();
  private EmbeddedBroker broker;
  private IngestApplication ingest;
  private IndexApplication index;

  private StandaloneSystem(WorkPaths work) {
    this.work = work;
  }

  /**
   * Starts everything; returns when requests are answered, with NOT_READY until there is a
   * generation.
   *
   * @param port of the broker on 127.0.0.1; 0 takes a free one
   * @param settings of the applications
   * @throws UserErrorException when a part cannot start; the message says which and why
   */
  public static StandaloneSystem start(
      WorkDirectory work,
      int port,
      SettingsSource settings,
      TrainingProgress progress,
      Starting starting) {
    StandaloneSystem system = new StandaloneSystem(work.paths());
    try {
      system.startParts(port, settings, progress, starting);
      return system;
    } catch (RuntimeException e) {
      system.close();
      throw e;
    }
  }

  private void startParts(
      int port, SettingsSource settings, TrainingProgress progress, Starting starting) {
    Stopwatch watch = new Stopwatch(Clock.systemUTC());
    broker =
        parts.start(
            "broker", () -> EmbeddedBroker.start(work.broker(), port), EmbeddedBroker::close);
    starting.started("broker", "a Kafka broker at " + broker.bootstrapServers(), watch.lap());
    starting.started("topics", createTopics(), watch.lap());
    Supplier<Settings> own = () -> settings.with(derived());
    ingest = parts.start("ingest", () -> startIngest(own), IngestApplication::close);
    parts.watch("ingest", ingest::awaitStopped);
    starting.started("ingest", "three Flink jobs", watch.lap());
    index = parts.start("index", () -> startIndex(own), IndexApplication::close);
    parts.watch("index", index::awaitStopped);
    starting.started(
        "index", "answers; health and metrics at 127.0.0.1:" + index.adminPort(), watch.lap());
    TrainerApplication trainer =
        parts.start("trainer", () -> startTrainer(own, progress), TrainerApplication::close);
    parts.watch("trainer", trainer::awaitStopped);
    starting.started("trainer", "waits for requests", watch.lap());
  }

  private static IngestApplication startIngest(Supplier<Settings> settings) throws Exception {
    return IngestApplication.start(IngestConfig.from(settings.get()));
  }

  private static IndexApplication startIndex(Supplier<Settings> settings) throws IOException {
    return IndexApplication.start(IndexConfig.from(settings.get()));
  }

  private static TrainerApplication startTrainer(
      Supplier<Settings> settings, TrainingProgress progress) throws Exception {
    return TrainerApplication.start(TrainerConfig.from(settings.get()), progress);
  }

  private String createTopics() {
    try (Admin admin = Brokers.reach(broker.bootstrapServers())) {
      TopicCreator.Outcome outcome = TopicCreator.create(admin, Topics.DEFAULT);
      return outcome.created().size() + " made, " + outcome.existing().size() + " there before";
    } catch (ExecutionException | InterruptedException e) {
      throw Brokers.unavailable(broker.bootstrapServers(), e);
    }
  }

  private Map<String, String> derived() {
    Map<String, String> derived = new HashMap<>(work.settings());
    derived.put("kafka.bootstrap.servers", broker.bootstrapServers());
    derived.put("catalogue", CATALOGUE);
    return derived;
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Where everything lies. */
  public WorkPaths work() {
    return work;
  }

  /** The generation that answers now. */
  public Optional<Generation> servingGeneration() {
    return index.servingGeneration();
  }

  /**
   * Checks that every part still runs.
   *
   * @throws UserErrorException when one has stopped by itself
   */
  public void checkRunning() {
    parts.checkRunning();
  }

  /**
   * Waits until someone stops the system.
   *
   * @param stopping whether someone does
   * @throws UserErrorException when a part has stopped by itself
   */
  public void awaitStopped(BooleanSupplier stopping) {
    while (!stopping.getAsBoolean()) {
      checkRunning();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Stops the parts, the last started first. */
  @Override
  public void close() {
    parts.close();
  }
}
