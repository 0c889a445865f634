package io.sidestream.chaos.load;

import io.sidestream.chaos.history.HistoryRecorder;
import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Numbered searches and recommendation requests at a constant rate. */
public final class RequestLoad implements AutoCloseable {
  private static final RequestHeaders HEADERS = RequestHeaders.DEFAULT;
  private static final int RESULTS = 5;

  /** One request of this number has a deadline, the others are answered however long it takes. */
  private static final int DEADLINE_EACH = 6;

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final long run;
  private final Topics topics;
  private final PatientProducer producer;
  private final HistoryRecorder history;
  private final Clock clock;
  private final List<String> queries;
  private final List<UserId> users;
  private final List<ItemId> items;
  private final RateLimitedLoop loop;

  /**
   * Begins to send.
   *
   * @param run is part of all ids
   */
  public RequestLoad(
      long run,
      Topics topics,
      PatientProducer producer,
      HistoryRecorder history,
      Dataset sample,
      double perSecond,
      Clock clock) {
    this.run = run;
    this.topics = topics;
    this.producer = producer;
    this.history = history;
    this.clock = clock;
    this.queries = sample.searches().stream().map(Search::query).distinct().toList();
    this.users = sample.interactions().stream().map(Interaction::user).distinct().toList();
    this.items = sample.items().stream().map(item -> item.id()).toList();
    this.loop = RateLimitedLoop.start("requests", perSecond, this::send);
  }

  private void send(long number) {
    String id = String.format(Locale.ROOT, "request-%d-%07d", run, number);
    long now = clock.millis();
    Optional<Instant> deadline =
        number % DEADLINE_EACH == 0
            ? Optional.of(Instant.ofEpochMilli(now).plus(DEADLINE))
            : Optional.empty();
    history.sent(
        id,
        now,
        deadline.map(at -> OptionalLong.of(at.toEpochMilli())).orElse(OptionalLong.empty()));
    producer.send(record(id, number, deadline), () -> history.acked(id, clock.millis()));
  }

  private ProducerRecord<byte[], byte[]> record(
      String id, long number, Optional<Instant> deadline) {
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    boolean search = number % 2 == 0;
    Topic requests = search ? topics.searchRequests() : topics.recommendationRequests();
    Topic results = search ? topics.searchResults() : topics.recommendationResults();
    byte[] value = search ? search(number, deadline) : recommendation(number, deadline);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(requests.name(), key, value);
    record.headers().add(HEADERS.correlationId(), key);
    record.headers().add(HEADERS.replyTopic(), results.name().getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private byte[] search(long number, Optional<Instant> deadline) {
    return Codecs.searchRequest()
        .encode(new SearchRequest(one(queries, number), RESULTS, Set.of(), deadline));
  }

  /** By user, and by a history. */
  private byte[] recommendation(long number, Optional<Instant> deadline) {
    boolean user = number % 4 == 1;
    return Codecs.recommendationRequest()
        .encode(
            new RecommendationRequest(
                user ? Optional.of(one(users, number)) : Optional.empty(),
                user ? List.of() : List.of(one(items, number), one(items, number + 1)),
                RESULTS,
                true,
                Set.of(),
                deadline));
  }

  private static <T> T one(List<T> all, long number) {
    return all.get((int) (number % all.size()));
  }

  /** Stops sending. */
  @Override
  public void close() {
    loop.close();
  }
}
