package io.sidestream.benchmarks.requests;

import io.sidestream.schemas.AnswerLimits;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The requests that are sent, and the interactions that they are about. Repeatable by its seed.
 *
 * @param words of which queries are made
 * @param users how many have interactions
 */
record Workload(Topics topics, List<String> words, List<ItemId> items, int users, long seed) {
  private static final int HISTORY = 20;
  private static final int MAX_WORDS = 4;

  /** Kinds of requests. */
  enum Kind {
    /** A search for nothing: answered without a model, by popular items. */
    BLANK,
    SEARCH,
    /** A recommendation for a user of whom there are interactions. */
    USER,
    /** Searches and recommendations in turn. */
    MIXED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** All interactions. */
  List<ProducerRecord<byte[], byte[]>> interactions() {
    SplittableRandom random = new SplittableRandom(seed);
    List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>();
    for (int user = 0; user < users; user++) {
      for (int i = 0; i < HISTORY; i++) {
        ItemId item = items.get(random.nextInt(items.size()));
        Interaction interaction =
            new Interaction(user(user), item, "view", 1, Instant.ofEpochSecond(i));
        all.add(
            new ProducerRecord<>(
                topics.interactions().name(),
                user(user).value().getBytes(StandardCharsets.UTF_8),
                Codecs.interaction().encode(interaction)));
      }
    }
    return all;
  }

  /**
   * The i-th request of a kind, without headers. Steps have requests of their own: an index keeps
   * the vectors of queries, and those of the step before would cost it no encoding.
   *
   * @param step in which it is sent
   * @param deadline that it bears
   */
  ProducerRecord<byte[], byte[]> request(Kind kind, int step, int i, Optional<Instant> deadline) {
    SplittableRandom random = new SplittableRandom(seed + ((long) step << Integer.SIZE) + i);
    return switch (kind) {
      case BLANK -> search("", deadline);
      case SEARCH -> search(query(random), deadline);
      case USER -> recommendation(random, deadline);
      case MIXED -> i % 2 == 0 ? search(query(random), deadline) : recommendation(random, deadline);
    };
  }

  private String query(SplittableRandom random) {
    StringBuilder query = new StringBuilder();
    for (int i = random.nextInt(MAX_WORDS); i >= 0; i--) {
      query.append(words.get(random.nextInt(words.size()))).append(' ');
    }
    return query.toString();
  }

  private ProducerRecord<byte[], byte[]> search(String query, Optional<Instant> deadline) {
    return new ProducerRecord<>(
        topics.searchRequests().name(),
        Codecs.searchRequest()
            .encode(new SearchRequest(query, AnswerLimits.DEFAULT_K, Set.of(), deadline)));
  }

  private ProducerRecord<byte[], byte[]> recommendation(
      SplittableRandom random, Optional<Instant> deadline) {
    return new ProducerRecord<>(
        topics.recommendationRequests().name(),
        Codecs.recommendationRequest()
            .encode(
                new RecommendationRequest(
                    Optional.of(user(random.nextInt(users))),
                    List.of(),
                    AnswerLimits.DEFAULT_K,
                    true,
                    Set.of(),
                    deadline)));
  }

  private static UserId user(int number) {
    return new UserId("user-" + number);
  }
}
