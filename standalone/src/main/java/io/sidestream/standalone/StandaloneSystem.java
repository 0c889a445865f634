package io.sidestream.standalone;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.standalone.client.Brokers;
import io.sidestream.standalone.refusal.Refusal;
import io.sidestream.trainer.TrainingProgress;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Every application in this process over an embedded broker, in one work directory. Starts the
 * applications' own mains and adds nothing to them.
 */
public final class StandaloneSystem implements AutoCloseable {
  /** The one catalogue of a standalone system. */
  public static final String CATALOGUE = "default";

  private final WorkDirectory work;
  private final Parts parts = new Parts();
  private EmbeddedBroker broker;

  private StandaloneSystem(WorkDirectory work) {
    this.work = work;
  }

  /**
   * Starts everything; returns when requests are answered, with NOT_READY until there is a
   * generation.
   *
   * @param port of the broker on 127.0.0.1; 0 takes a free one
   * @param settings of the applications
   * @throws Refusal when a part cannot start; the message says which and why
   */
  public static StandaloneSystem start(
      WorkDirectory work,
      int port,
      SettingsSource settings,
      TrainingProgress progress,
      Starting starting) {
    StandaloneSystem system = new StandaloneSystem(work);
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
    Map<String, String> derived = derived();
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
    Map<String, String> derived = new HashMap<>();
    derived.put("kafka.bootstrap.servers", broker.bootstrapServers());
    derived.put("catalogue", CATALOGUE);
    derived.put("generations.dir", work.generations().toString());
    derived.put("index.dir", work.index().toString());
    return derived;
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  public WorkDirectory work() {
    return work;
  }

  /** The generation that answers now. */
  public Optional<Generation> servingGeneration() {
    return Optional.empty();
  }

  /**
   * Checks that every part still runs.
   *
   * @throws Refusal when one has stopped by itself
   */
  public void checkRunning() {
    parts.checkRunning();
  }

  /** Stops the parts, the last started first. */
  @Override
  public void close() {
    parts.close();
  }
}
