package io.sidestream.ingest.pairs;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.ingest.KafkaFixture;
import io.sidestream.ingest.cluster.JobSettings;
import io.sidestream.ingest.cluster.LocalCluster;
import io.sidestream.ingest.cluster.RunningJob;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.TransitionCounts;
import io.sidestream.schemas.pairs.UncountedEvents;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.streaming.api.functions.async.CollectionSupplier;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Totals after erasures equal those of a run that never saw what was erased. */
class EraseUsersTest {
  private static final WindowLimits LIMITS = new WindowLimits(5, Duration.ofDays(2));
  private static final KindWeights WEIGHTS = KindWeights.parse(List.of("purchase=3", "dislike=-1"));
  private static final List<String> KINDS = List.of("view", "purchase", "view", "dislike", "view");

  /** Some users have more interactions and searches of an hour than count. */
  private static final CountingRule RULE = new CountingRule(LIMITS, WEIGHTS, 0, 25, 2);

  private static final int NEIGHBOURS = 6; // fewer than the items that follow one
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int USERS = 8;
  private static final int ITEMS = 30;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final SplittableRandom random = new SplittableRandom(41);
  private final List<Interaction> interactions = new ArrayList<>();
  private final List<SentSearch> searches = new ArrayList<>();

  private record SentSearch(int partition, Search search) {}

  @TempDir Path directory;

  /** Subtasks: fewer than the topics have partitions, and more. */
  @Tag("L3")
  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void erase_usersInTheMiddleAndAgain_totalsAreAsIfNeverSeen(int parallelism) throws Exception {
    try (KafkaFixture kafka = KafkaFixture.start(directory)) {
      send(kafka, 300);
      try (LocalCluster cluster = LocalCluster.start(settings(parallelism), 1)) {
        RunningJob job = submit(cluster, kafka);
        await().atMost(TIMEOUT).until(() -> read(kafka), expected()::equals);
        Map<String, Long> before = expected();
        erase(kafka, 0);
        assertTrue(expected().keySet().size() < before.size(), "the user had no pair of its own");
        await().atMost(TIMEOUT).until(() -> read(kafka), expected()::equals);
        send(kafka, 200); // the erased user comes back
        erase(kafka, 0);
        erase(kafka, 1);
        erase(kafka, 1);
        send(kafka, 100);
        job.stop(); // with erasures that may be under way
      }
      erase(kafka, 2);
      try (LocalCluster cluster = LocalCluster.start(settings(parallelism), 1)) {
        submit(cluster, kafka);
        await().atMost(TIMEOUT).until(() -> read(kafka), expected()::equals);
        await()
            .atMost(TIMEOUT)
            .until(() -> Events.neighbours(kafka), neighbours(NEIGHBOURS)::equals);
        await()
            .atMost(TIMEOUT)
            .until(() -> Events.clicked(kafka), Events.clicked(expected())::equals);
      }
      assertFalse(expected().isEmpty());
      assertTrue(countedSearches().size() < searches.size(), "none was too many");
      assertEquals(0, kafka.committed("interactions.rejected", 1).size());
    }
  }

  @Test
  void start_withoutCheckpoints_countsTheSameAgain() throws Exception {
    try (KafkaFixture kafka = KafkaFixture.start(directory)) {
      send(kafka, 200);
      erase(kafka, 3);
      send(kafka, 50);
      try (LocalCluster cluster = LocalCluster.start(settings(2), 1)) {
        submit(cluster, kafka);
        await().atMost(TIMEOUT).until(() -> read(kafka), expected()::equals);
      }
    }
  }

  /** So that the memory does not grow with the number of users who are erased at once. */
  @Test
  void erase_moreThanMayBeInMemory_takesBackAllInPasses() throws Exception {
    try (KafkaFixture kafka = KafkaFixture.start(directory)) {
      send(kafka, 400);
      List<Erasure> erasures = new ArrayList<>();
      for (int number = 0; number < USERS; number++) {
        RecordMetadata sent = kafka.send(TOPICS.interactions(), user(number).value(), null);
        erasures.add(new Erasure(sent.topic(), sent.partition(), sent.offset(), user(number)));
      }
      EventDecoders decoders = new EventDecoders(TOPICS.schemas(), WEIGHTS);
      Map<String, Long> taken = new TreeMap<>();
      CountDownLatch open = new CountDownLatch(erasures.size());
      EraseUsersFunction function =
          new EraseUsersFunction(
              kafka.connectors(), TOPICS.interactions().name(), RULE, decoders, 10);
      function.open(DefaultOpenContext.INSTANCE);
      for (Erasure erasure : erasures) {
        function.asyncInvoke(erasure, new Taken(taken, open));
      }
      assertTrue(open.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS), open + " after " + TIMEOUT);
      function.close();
      searches.clear();
      assertEquals(expected(), taken);
    }
  }

  /** Sums the pairs that are taken back. */
  private record Taken(Map<String, Long> pairs, CountDownLatch open)
      implements ResultFuture<CountChange> {
    @Override
    public void complete(Collection<CountChange> changes) {
      changes.forEach(
          change ->
              change.fold(
                  pair -> pairs.merge(pair.key(), -pair.change(), Long::sum), transition -> 0L));
      open.countDown();
    }

    @Override
    public void complete(CollectionSupplier<CountChange> supplier) {
      throw new IllegalStateException("changes come as a list");
    }

    @Override
    public void completeExceptionally(Throwable error) {
      throw new IllegalStateException(error);
    }
  }

  private void send(KafkaFixture kafka, int events) throws Exception {
    for (int i = 0; i < events; i++) {
      UserId user = user(random.nextInt(USERS));
      ItemId item = new ItemId("item " + random.nextInt(ITEMS));
      Instant at = START.plusSeconds(random.nextLong(LIMITS.age().toSeconds() * 2));
      if (i % 4 == 0) {
        String query = "A Heist " + random.nextInt(10);
        Search search = new Search(query, item, Optional.of(user), at);
        String key = random.nextBoolean() ? user.value() : query; // both are allowed
        int partition = random.nextInt(TOPICS.searches().partitions());
        kafka.send(TOPICS.searches(), partition, key, Codecs.search().encode(search));
        searches.add(new SentSearch(partition, search));
      } else {
        Interaction interaction = new Interaction(user, item, KINDS.get(i % KINDS.size()), 1, at);
        kafka.sendSoon(
            TOPICS.interactions(), user.value(), Codecs.interaction().encode(interaction));
        interactions.add(interaction);
      }
    }
    kafka.flush();
  }

  /** As the command does: under the user's key, and on every partition of the searches. */
  private void erase(KafkaFixture kafka, int number) throws Exception {
    UserId user = user(number);
    kafka.send(TOPICS.interactions(), user.value(), null);
    for (int partition = 0; partition < TOPICS.searches().partitions(); partition++) {
      kafka.send(TOPICS.searches(), partition, user.value(), null);
    }
    interactions.removeIf(event -> event.user().equals(user));
    searches.removeIf(sent -> sent.search().user().equals(Optional.of(user)));
  }

  private Map<String, ItemNeighbours> neighbours(int limit) {
    TransitionCounts counts = new TransitionCounts();
    Map<UserId, RecentItems> windows = new HashMap<>();
    for (Interaction event : counted()) {
      RecentItems window = windows.getOrDefault(event.user(), RecentItems.NONE);
      CountedInteraction interaction = CountedInteraction.of(event, WEIGHTS);
      window.transitionsTo(interaction, LIMITS).forEach(counts::add);
      windows.put(event.user(), window.with(interaction, LIMITS));
    }
    return Events.byText(counts.best(limit));
  }

  private List<Interaction> counted() {
    UncountedEvents events = new UncountedEvents(RULE);
    return interactions.stream().filter(event -> !events.isLeftOut(event)).toList();
  }

  private Map<String, Long> expected() {
    Map<String, Long> totals = new TreeMap<>();
    Map<UserId, RecentItems> windows = new HashMap<>();
    for (Interaction event : counted()) {
      RecentItems window = windows.getOrDefault(event.user(), RecentItems.NONE);
      CountedInteraction interaction = CountedInteraction.of(event, WEIGHTS);
      long times = interaction.weight();
      window
          .pairsWith(interaction, LIMITS)
          .forEach(pair -> totals.merge(PairKey.of(pair), times, Long::sum));
      windows.put(event.user(), window.with(interaction, LIMITS));
    }
    countedSearches().forEach(event -> totals.merge(EventDecoders.pairKey(event), 1L, Long::sum));
    return totals;
  }

  private List<Search> countedSearches() {
    UncountedEvents events = new UncountedEvents(RULE);
    return searches.stream()
        .filter(sent -> !events.isLeftOut(sent.partition(), sent.search()))
        .map(SentSearch::search)
        .toList();
  }

  private static Map<String, Long> read(KafkaFixture kafka) throws Exception {
    Map<String, Long> last = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.committed(TOPICS.pairCounts())) {
      String key = KafkaFixture.text(record.key());
      if (record.value() == null) {
        last.remove(key);
      } else {
        last.put(key, Codecs.pairCount().decode(record.value()).total());
      }
    }
    return last;
  }

  private static UserId user(int number) {
    return new UserId("user " + number);
  }

  private static RunningJob submit(LocalCluster cluster, KafkaFixture kafka) throws Exception {
    return cluster.submit(
        PairJob.NAME,
        environment -> PairJob.wire(environment, kafka.connectors(), TOPICS, RULE, NEIGHBOURS));
  }

  private JobSettings settings(int parallelism) {
    return new JobSettings(
        directory.resolve("checkpoints").toUri(), Duration.ofMillis(200), parallelism);
  }
}
