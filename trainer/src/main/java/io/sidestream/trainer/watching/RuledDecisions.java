package io.sidestream.trainer.watching;

import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.ReasonText;
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

/** Announces what rules decide on generations. */
final class RuledDecisions implements TestSink {
  private static final Logger LOG = LoggerFactory.getLogger(RuledDecisions.class);

  /** Time between two looks at the generations. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final List<GenerationRule> rules;
  private final Map<String, Object> kafka;
  private final Topics topics;
  private final Producer<byte[], byte[]> producer;
  private final Clock clock;
  private Instant nextLook;

  RuledDecisions(
      List<GenerationRule> rules,
      Map<String, Object> kafka,
      Topics topics,
      Producer<byte[], byte[]> producer,
      Clock clock) {
    this.rules = List.copyOf(rules);
    this.kafka = kafka;
    this.topics = topics;
    this.producer = producer;
    this.clock = clock;
    this.nextLook = clock.instant();
  }

  @Override
  public void add(GenerationTest test) {
    rules.forEach(rule -> rule.add(test));
  }

  @Override
  public void advance() {
    if (clock.instant().isBefore(nextLook)) {
      return;
    }
    nextLook = clock.instant().plus(LOOK);
    try {
      GenerationHistory history = GenerationLog.read(kafka, topics.generations());
      for (GenerationRule rule : rules) {
        history = announce(rule.look(history, clock.instant()), history);
      }
    } catch (KafkaException | ExecutionException e) { // the next look tries again
      LOG.warn("no decision on generations: {}", ReasonText.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private GenerationHistory announce(Optional<Ruling> ruling, GenerationHistory history)
      throws ExecutionException, InterruptedException {
    GenerationHistory next = history;
    for (Ruling decided : ruling.stream().toList()) {
      for (GenerationAnnouncement step : decided.steps()) {
        GenerationLog.announce(producer, topics.generations(), step);
        next = next.with(step);
      }
      LOG.info("{}", decided.summary());
    }
    return next;
  }
}
