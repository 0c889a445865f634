package io.sidestream.trainer.watching;

import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.RolloutPlan;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.GenerationLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Promotes a candidate that its trial shows to be better, and retires it otherwise. */
final class TrialDecisions implements TestSink {
  private static final Logger LOG = LoggerFactory.getLogger(TrialDecisions.class);

  /** Time between two looks at the generations. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private static final String AUTHOR = "trainer";

  private final TrialRule rule;
  private final Map<String, Object> kafka;
  private final Topics topics;
  private final Producer<byte[], byte[]> producer;
  private final Clock clock;
  private Optional<Trial> trial = Optional.empty();
  private Instant nextLook;

  TrialDecisions(
      TrialRule rule,
      Map<String, Object> kafka,
      Topics topics,
      Producer<byte[], byte[]> producer,
      Clock clock) {
    this.rule = rule;
    this.kafka = kafka;
    this.topics = topics;
    this.producer = producer;
    this.clock = clock;
    this.nextLook = clock.instant();
  }

  @Override
  public void add(GenerationTest test) {
    trial.ifPresent(running -> running.add(test));
  }

  @Override
  public void advance() {
    if (clock.instant().isBefore(nextLook)) {
      return;
    }
    nextLook = clock.instant().plus(LOOK);
    try {
      look(GenerationLog.read(kafka, topics.generations()));
    } catch (KafkaException | ExecutionException e) { // the next look tries again
      LOG.warn("no decision on the candidate: {}", ReasonText.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(GenerationHistory history) throws ExecutionException, InterruptedException {
    Optional<GenerationAnnouncement> live = history.serving();
    Optional<GenerationAnnouncement> candidate = history.candidate();
    if (live.isEmpty() || candidate.isEmpty() || history.isHeld()) {
      trial = Optional.empty();
      return;
    }
    GenerationAnnouncement tried = candidate.get();
    Trial running =
        trial
            .filter(one -> one.isOf(live.get().generation(), tried.generation()))
            .orElseGet(() -> new Trial(live.get().generation(), tried.generation(), rule));
    trial = Optional.of(running);
    Instant now = clock.instant();
    if (running.isComplete() || now.isAfter(tried.announcedAt().plus(rule.within()))) {
      decide(new RolloutPlan(history), tried, running, now);
    }
  }

  private void decide(RolloutPlan plan, GenerationAnnouncement candidate, Trial over, Instant now)
      throws ExecutionException, InterruptedException {
    DecisionAuthor author = new DecisionAuthor(AUTHOR, over.figures(), now);
    List<GenerationAnnouncement> steps =
        over.isBetter()
            ? plan.promote(candidate.generation(), author)
            : plan.retire(candidate.generation(), author);
    for (GenerationAnnouncement step : steps) {
      GenerationLog.announce(producer, topics.generations(), step);
    }
    trial = Optional.empty();
    LOG.info(
        "candidate {} is {}: {}",
        candidate.generation(),
        over.isBetter() ? "promoted" : "retired",
        over.figures());
  }
}
