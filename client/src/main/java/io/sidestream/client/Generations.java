package io.sidestream.client;

import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.RolloutPlan;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.kafka.CorpusEnds;
import io.sidestream.schemas.kafka.GenerationLog;
import io.sidestream.schemas.kafka.TrainingRequests;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/** Administration of generations: history, training requests, decisions such as a rollback. */
public final class Generations {
  private final Connection connection;
  private final Topics topics;

  /**
   * @throws UserErrorException when no broker responds, or its topics are missing
   */
  public Generations(Connection connection) {
    this.connection = connection;
    this.topics = connection.topics();
    Brokers.require(connection, Acls.generations(topics));
  }

  /** All announcements so far. */
  public GenerationHistory history() {
    return GenerationLog.read(connection.kafka(), topics.generations());
  }

  /** The announcements of a decision, from those before. */
  public interface Decision {
    List<GenerationAnnouncement> on(RolloutPlan plan);
  }

  /**
   * Decides something about a generation: {@link RolloutPlan} has what.
   *
   * @return what was announced
   * @throws UserErrorException when the generations do not allow it
   */
  public List<GenerationAnnouncement> decide(Decision decision) {
    Brokers.require(connection, Acls.rollback(topics));
    try {
      return announce(decision.on(new RolloutPlan(history())));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new UserErrorException(e, ReasonText.of(e));
    }
  }

  /**
   * Announces the generation before the serving one as live again, and the serving one as retired.
   *
   * @return what was announced
   * @throws UserErrorException when there is none to roll back to
   */
  public List<GenerationAnnouncement> rollback(DecisionAuthor author) {
    return decide(plan -> plan.rollback(author));
  }

  /**
   * The same, where the generation that the caller takes for the serving one still serves. Two
   * callers at the same time may both find it serving.
   *
   * @return what was announced
   * @throws RollbackRefusedException when another one serves, or there is none to roll back to
   * @throws UserErrorException when the broker refuses; its cause then says what
   */
  public List<GenerationAnnouncement> rollback(Generation confirmed, DecisionAuthor author) {
    return announce(confirmed(history(), confirmed, author));
  }

  /** The announcements of a rollback from the confirmed generation. */
  static List<GenerationAnnouncement> confirmed(
      GenerationHistory history, Generation confirmed, DecisionAuthor author) {
    Optional<Generation> serving = history.serving().map(GenerationAnnouncement::generation);
    if (!serving.equals(Optional.of(confirmed))) {
      throw new RollbackRefusedException(
          "generation %s serves, not %s"
              .formatted(serving.map(Generation::toString).orElse("none"), confirmed));
    }
    if (history.rollbackTarget().isEmpty()) {
      throw new RollbackRefusedException(
          "generation %s is the only live one, expected one before it".formatted(confirmed));
    }
    return new RolloutPlan(history).rollback(author);
  }

  private List<GenerationAnnouncement> announce(List<GenerationAnnouncement> announcements) {
    try (Producer<byte[], byte[]> producer = Brokers.producer(connection)) {
      for (GenerationAnnouncement announcement : announcements) {
        GenerationLog.announce(producer, topics.generations(), announcement);
      }
      return announcements;
    } catch (ExecutionException | InterruptedException e) {
      throw Brokers.unavailable(connection, e);
    }
  }

  /** Requests a generation trained on all events up to now. */
  public TrainingRequest retrain(Instant now) {
    String catalogue = topics.namespace().catalogue();
    Brokers.require(connection, Acls.retrain(topics));
    try (Admin admin = Brokers.reach(connection);
        Producer<byte[], byte[]> producer = Brokers.producer(connection)) {
      CorpusOffsets corpus = CorpusEnds.latest(admin, topics);
      TrainingRequest request =
          new TrainingRequest(
              catalogue, TrainingRequest.Reason.BY_HAND, "manual request", corpus, now);
      TrainingRequests.send(producer, topics, request);
      return request;
    } catch (ExecutionException | InterruptedException e) {
      throw Brokers.unavailable(connection, e);
    }
  }
}
