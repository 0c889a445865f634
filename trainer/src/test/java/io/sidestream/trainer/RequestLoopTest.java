package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.avro.Codecs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RequestLoopTest {
  private static final TopicPartition REQUESTS = new TopicPartition("training-requests", 0);
  private static final LaterRequests NONE_LATER = (record, request) -> false;
  private static final RetryDelays DELAYS =
      new RetryDelays(Duration.ofMillis(1), Duration.ofMillis(2));

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<String> begun = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TrainerMeters meters = new TrainerMeters(registry, Clock.systemUTC());
  private final TrainerActivity activity = new TrainerActivity(Clock.systemUTC());

  @BeforeEach
  void assign() {
    consumer.assign(List.of(REQUESTS));
    consumer.updateBeginningOffsets(Map.of(REQUESTS, 0L));
  }

  @Test
  void run_requests_areTrainedInOrderAndCommitted() {
    put("one", "default");
    put("other catalogue", "books");
    put("two", "default");
    run((request, headers) -> begun.add(request.detail()));
    assertEquals(List.of("one", "two"), begun);
    assertEquals(3, committed().offset());
    assertEquals(0, producer.history().size());
  }

  /** Each that waited was trained in its turn, further and further behind the events. */
  @Test
  void run_requestThatALaterOneCovers_isSkipped() {
    put("first", "default");
    put("second", "default");
    run(
        (request, headers) -> begun.add(request.detail()),
        (record, request) -> record.offset() == 0);
    assertEquals(List.of("second"), begun);
    assertEquals(2, committed().offset());
    assertEquals(1, registry.counter("sidestream.training.requests", "outcome", "skipped").count());
  }

  /** The later one began to count from none: nothing was rejected, however often it ended. */
  @Tag("F6")
  @Test
  void run_requestInWhichTheProcessEnded_isNotLeftToALaterOne() {
    consumer.commitSync(Map.of(REQUESTS, new OffsetAndMetadata(0, "attempts=1")));
    put("first", "default");
    put("second", "default");
    run(
        (request, headers) -> begun.add(request.detail() + " " + committed().metadata()),
        (record, request) -> record.offset() == 0);
    assertEquals(List.of("first attempts=2", "second attempts=1"), begun);
  }

  @Test
  void run_brokersThatAreAwayWhenItIsAnnounced_useUpNoAttempt() {
    put("waits", "default");
    List<Exception> away =
        List.of(
            new IOException("cannot be announced", new TimeoutException("no metadata")),
            new KafkaException(
                "Failed to construct kafka consumer",
                new ConfigException("No resolvable bootstrap urls given")),
            new IOException("cannot be announced", new TimeoutException("no metadata")));
    run(
        (request, headers) -> {
          begun.add(committed().metadata());
          if (begun.size() <= away.size()) {
            Exception next = away.get(begun.size() - 1);
            if (next instanceof RuntimeException unchecked) {
              throw unchecked;
            }
            throw (IOException) next;
          }
        });
    assertEquals(Collections.nCopies(4, "attempts=1"), begun);
    assertEquals(0, producer.history().size());
  }

  @Tag("F13")
  @Test
  void run_trainingThatFails_isTriedThreeTimesThenRejected() {
    put("bad", "default");
    put("good", "default");
    run(
        (request, headers) -> {
          begun.add(request.detail());
          if (request.detail().equals("bad")) {
            throw new IllegalArgumentException("corpus has no items");
          }
        });
    assertEquals(List.of("bad", "bad", "bad", "good"), begun);
    ProducerRecord<byte[], byte[]> rejected = producer.history().get(0);
    assertEquals("training-requests.rejected", rejected.topic());
    assertEquals("corpus has no items", header(rejected, "__connect.errors.exception.message"));
    assertEquals(2, committed().offset());
  }

  /** Whatever this process asks of the card would fail, the trainings after this one as well. */
  @Tag("F13")
  @Test
  void run_gpuFails_endsWithTheAttemptCommitted() {
    put("lost", "default");
    put("next", "default");
    RequestedTraining fails =
        (request, headers) -> {
          begun.add(request.detail());
          throw new IllegalStateException("CUDA error: unspecified launch failure");
        };
    assertThrows(IllegalStateException.class, () -> run(fails));
    assertEquals(List.of("lost"), begun);
    assertEquals(new OffsetAndMetadata(0, "attempts=1"), committed());
    assertEquals(0, producer.history().size());
  }

  @Tag("F18")
  @Test
  void run_fullDiskOrNoBroker_isWaitedForAndUsesUpNoAttempt() {
    put("waits", "default");
    run(
        (request, headers) -> {
          begun.add(committed().metadata());
          if (begun.size() < 3) {
            throw new IOException("No space left on device");
          }
          if (begun.size() < 5) {
            throw new TimeoutException("failed to get offsets");
          }
        });
    assertEquals(Collections.nCopies(5, "attempts=1"), begun);
    assertEquals(1, committed().offset());
    assertEquals(0, producer.history().size());
  }

  @Test
  void run_stopWhileADiskIsFull_endsAndGivesTheAttemptBack() {
    put("waits", "default");
    RequestLoop[] loop = new RequestLoop[1];
    RetryDelays never = new RetryDelays(Duration.ofDays(1), Duration.ofDays(1));
    loop[0] =
        new RequestLoop(
            consumer,
            producer,
            "default",
            (request, headers) -> {
              loop[0].stop();
              throw new IOException("No space left on device");
            },
            NONE_LATER,
            activity,
            meters,
            never);
    loop[0].run();
    assertEquals(new OffsetAndMetadata(0, "attempts=0"), committed());
  }

  @Test
  void run_unreadableRequest_isRejectedAtOnce() {
    consumer.addRecord(record(0, new byte[] {1, 2, 3}));
    consumer.addRecord(record(1, null));
    run((request, headers) -> begun.add("never"));
    assertEquals(List.of(), begun);
    assertEquals("unreadable", header(producer.history().get(0), "sidestream_reason"));
    assertEquals("unexpected_tombstone", header(producer.history().get(1), "sidestream_reason"));
  }

  @Test
  void run_requestThatEndedTheProcessThrice_isRejectedUntried() {
    consumer.commitSync(Map.of(REQUESTS, new OffsetAndMetadata(0, "attempts=3")));
    put("killer", "default");
    run((request, headers) -> begun.add(request.detail()));
    assertEquals(List.of(), begun);
    assertEquals(
        "the trainer ended each time",
        header(producer.history().get(0), "__connect.errors.exception.message"));
  }

  @Test
  void run_stopInTheMiddle_givesTheAttemptBack() {
    put("long", "default");
    RequestLoop loop =
        new RequestLoop(
            consumer,
            producer,
            "default",
            (request, headers) -> {
              throw new TrainingStoppedException();
            },
            NONE_LATER,
            activity,
            meters,
            DELAYS);
    loop.run();
    assertEquals(new OffsetAndMetadata(0, "attempts=0"), committed());
    assertEquals(0, producer.history().size());
  }

  @Test
  void run_firstAttempt_isCommittedBeforeItBegins() {
    put("one", "default");
    run((request, headers) -> assertEquals("attempts=1", committed().metadata()));
    assertTrue(committed().metadata().isEmpty());
  }

  @Test
  void run_outcomes_areCounted() {
    put("fails", "default");
    put("works", "default");
    run(
        (request, headers) -> {
          if (request.detail().equals("fails")) {
            throw new IllegalStateException("no");
          }
        });
    assertEquals(1, registry.counter("sidestream.training.requests", "outcome", "failed").count());
  }

  /** Runs until every record was taken. */
  private void run(RequestedTraining training) {
    run(training, NONE_LATER);
  }

  private void run(RequestedTraining training, LaterRequests later) {
    RequestLoop[] loop = new RequestLoop[1];
    loop[0] =
        new RequestLoop(consumer, producer, "default", training, later, activity, meters, DELAYS);
    consumer.schedulePollTask(() -> {});
    consumer.schedulePollTask(() -> loop[0].stop());
    loop[0].run();
  }

  private void put(String detail, String catalogue) {
    TrainingRequest request =
        new TrainingRequest(
            catalogue,
            TrainingRequest.Reason.BY_HAND,
            detail,
            new CorpusOffsets(Map.of()),
            Instant.EPOCH);
    consumer.addRecord(record(records++, Codecs.trainingRequest().encode(request)));
  }

  private int records;

  private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] value) {
    return new ConsumerRecord<>(REQUESTS.topic(), 0, offset, new byte[] {1}, value);
  }

  private OffsetAndMetadata committed() {
    return consumer.committed(Set.of(REQUESTS)).get(REQUESTS);
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
