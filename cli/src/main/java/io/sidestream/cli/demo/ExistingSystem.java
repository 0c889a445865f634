package io.sidestream.cli.demo;

import io.sidestream.client.Brokers;
import io.sidestream.client.Connection;
import io.sidestream.client.Generations;
import io.sidestream.client.SidestreamClient;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.kafka.CorpusEnds;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * A system of other processes, seen through its topics: an index that replies is running, and a
 * reply names the generation that serves.
 */
public final class ExistingSystem implements DemoSystem, AutoCloseable {
  /** An index that has just started joins its group and reads the announcements first. */
  private static final Duration FIRST_REPLY = Duration.ofMinutes(2);

  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(30);

  private final Connection connection;
  private final Path notes;
  private final SidestreamClient client;

  private ExistingSystem(Connection connection, Path notes, SidestreamClient client) {
    this.connection = connection;
    this.notes = notes;
    this.client = client;
  }

  /**
   * Connects to a system, and prints what is there.
   *
   * @param notes directory in which the demo notes what it has produced
   * @throws UserErrorException when the broker, a topic or an index is missing, or the topics hold
   *     items that no demo with these notes has produced
   */
  public static ExistingSystem connect(
      Connection connection, Path notes, ConsoleReporter reporter, Clock clock) {
    reporter.result("broker", "Kafka at " + connection.bootstrapServers());
    requireOwnItems(connection, notes);
    GenerationHistory history = new Generations(connection).history();
    reporter.result(
        "generations",
        history.serving().map(LearnStep::describe).orElse("none is live yet, the demo trains one"));
    ExistingSystem system =
        new ExistingSystem(connection, notes, SidestreamClient.open(connection, REPLY_TIMEOUT));
    try {
      system.awaitIndex(reporter, clock);
      return system;
    } catch (RuntimeException e) {
      system.close();
      throw e;
    }
  }

  /** The demo's films are not to be mixed with another catalogue. */
  private static void requireOwnItems(Connection connection, Path notes) {
    Topics topics = connection.topics();
    Brokers.require(connection, Acls.producer(topics));
    DemoState.reconcile(notes, topics.items().name(), records(connection, topics.items()));
  }

  private static long records(Connection connection, Topic topic) {
    try (Admin admin = Brokers.reach(connection)) {
      return CorpusEnds.latest(admin, topic.name()).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    } catch (ExecutionException | InterruptedException e) {
      throw Brokers.unavailable(connection, e);
    }
  }

  private void awaitIndex(ConsoleReporter reporter, Clock clock) {
    long start = clock.millis();
    Reply reply =
        new Waiting(clock, FIRST_REPLY, this::checkRunning)
            .until("a reply of an index", this::anyReply);
    reporter.result(
        "index",
        "replies with status " + reply.status(),
        Duration.ofMillis(clock.millis() - start));
  }

  /** A reply whatever its status, since a request may be lost to an index that is starting. */
  private Optional<Reply> anyReply() {
    try {
      return Optional.of(client.search(DemoContext.search("film", 1)));
    } catch (UserErrorException e) {
      return Optional.empty();
    }
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public Optional<String> page() {
    return Optional.empty();
  }

  @Override
  public Path notes() {
    return notes;
  }

  @Override
  public Optional<Generation> servingGeneration() {
    return client.search(DemoContext.search("film", 1)).generation();
  }

  /** The parts are other processes, whose end shows in that something does not come. */
  @Override
  public void checkRunning() {}

  @Override
  public void close() {
    client.close();
  }
}
