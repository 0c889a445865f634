package io.sidestream.trainer.watching;

import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.CorpusEnds;
import io.sidestream.schemas.kafka.TopicReader;
import io.sidestream.schemas.kafka.TrainingRequests;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests a training where recall of the live generation falls. */
final class DriftRequests implements TestSink {
  private static final Logger LOG = LoggerFactory.getLogger(DriftRequests.class);
  private static final String METRIC = "sidestream.drift.requests";
  private static final String OUTCOME = "outcome";
  private static final List<String> OUTCOMES = List.of("requested", "held_back", "failed");

  private final DriftRule rule;
  private final RecallBlocks recall;
  private final Map<String, Object> kafka;
  private final Topics topics;
  private final Producer<byte[], byte[]> producer;
  private final Clock clock;
  private final MeterRegistry registry;

  DriftRequests(
      DriftRule rule,
      Map<String, Object> kafka,
      Topics topics,
      Producer<byte[], byte[]> producer,
      Clock clock,
      MeterRegistry registry) {
    this.rule = rule;
    this.recall = new RecallBlocks(rule);
    this.kafka = kafka;
    this.topics = topics;
    this.producer = producer;
    this.clock = clock;
    this.registry = registry;
    OUTCOMES.forEach(outcome -> registry.counter(METRIC, OUTCOME, outcome));
  }

  @Override
  public void add(GenerationTest test) {
    recall.add(test).ifPresent(this::fallen);
  }

  /** A fall is answered when it is seen. */
  @Override
  public void advance() {}

  private void fallen(String detail) {
    String outcome = "failed";
    try {
      outcome = request(detail) ? "requested" : "held_back";
    } catch (KafkaException | ExecutionException e) { // the next block tries again
      LOG.warn("{}; no training could be requested: {}", detail, ReasonText.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    registry.counter(METRIC, OUTCOME, outcome).increment();
  }

  /** Unless the last request is too young. */
  private boolean request(String detail) throws ExecutionException, InterruptedException {
    Instant now = clock.instant();
    if (!rule.mayRequest(lastRequest(), now)) {
      LOG.info("{}; no training is requested within {} of the last", detail, rule.interval());
      return false;
    }
    try (Admin admin = Admin.create(kafka)) {
      TrainingRequest request =
          new TrainingRequest(
              topics.namespace().catalogue(),
              TrainingRequest.Reason.DRIFT,
              detail,
              CorpusEnds.latest(admin, topics),
              now);
      TrainingRequests.send(producer, topics, request);
    }
    recall.requested();
    LOG.info("a training is requested: {}", detail);
    return true;
  }

  private Optional<Instant> lastRequest() {
    List<Instant> times = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(
          topics.trainingRequests().name(), row -> requestedAt(row).ifPresent(times::add));
    }
    return times.stream().max(Comparator.naturalOrder());
  }

  private static Optional<Instant> requestedAt(ConsumerRecord<byte[], byte[]> row) {
    try {
      return Optional.of(Codecs.trainingRequest().decode(row.value()).requestedAt());
    } catch (MalformedRecordException e) { // the trainer rejects it
      return Optional.empty();
    }
  }
}
