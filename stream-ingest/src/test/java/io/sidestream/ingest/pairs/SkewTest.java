package io.sidestream.ingest.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.schemas.EventId;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import io.sidestream.schemas.pairs.UncountedEvents;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.StreamFilter;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rows L2 and L3 of the table of faults: an item in half of all events, and floods of few users.
 */
@SuppressWarnings("try") // harnesses close with any Exception
class SkewTest {
  private static final WindowLimits LIMITS = new WindowLimits(20, Duration.ofDays(1));
  private static final int SUBTASKS = 4;
  private static final int KEY_GROUPS = 128;
  private static final String HOT = "0-hot"; // its pairs are in its own row
  private static final int CLUSTER = 10;
  private static final int CLUSTERS = 5;
  private static final int HOURLY = 20;

  /** Without the sums of each subtask the row of the item would have more than twice the mean. */
  @Tag("L2")
  @Test
  void sums_oneItemInHalfOfAllEvents_loadSubtasksEvenly() throws Exception {
    List<UserEvent> events = new ArrayList<>();
    Random random = new Random(2);
    for (int i = 0; i < 6_000; i++) {
      String item = random.nextBoolean() ? HOT : "item-" + random.nextInt(500);
      events.add(view("user-" + random.nextInt(200), item));
    }
    long[] received = new long[SUBTASKS];
    long[] pairs = new long[SUBTASKS];
    long[] transitions = new long[SUBTASKS];
    for (int subtask = 0; subtask < SUBTASKS; subtask++) {
      try (var harness = harness(CountingRule.of(LIMITS), subtask)) {
        harness.open();
        for (UserEvent event : events) {
          if (subtaskOf(event.key()) == subtask) {
            harness.processElement(event, 0);
            received[subtask]++;
          }
        }
        harness.prepareSnapshotPreBarrier(1);
        harness.extractOutputValues().forEach(row -> load(pairs, row));
        harness
            .getSideOutput(PairExtractor.TRANSITIONS)
            .forEach(row -> load(transitions, row.getValue()));
      }
    }
    assertTrue(imbalance(received) <= 2, Arrays.toString(received));
    assertTrue(imbalance(pairs) <= 2, Arrays.toString(pairs));
    assertTrue(imbalance(transitions) <= 2, Arrays.toString(transitions));
    long[] oneByOne = oneByOne(events);
    assertTrue(imbalance(oneByOne) > 2, Arrays.toString(oneByOne));
  }

  private static void load(long[] subtasks, RowChange row) {
    int subtask = subtaskOf(row.row());
    subtasks[subtask]++;
    row.counts().forEach((name, length, count) -> subtasks[subtask]++);
  }

  /** What counting each pair of each event at the subtask of its row would be. */
  private static long[] oneByOne(List<UserEvent> events) {
    long[] subtasks = new long[SUBTASKS];
    Map<UserId, RecentItems> recent = new HashMap<>();
    for (UserEvent event : events) {
      RecentItems before = recent.getOrDefault(event.user(), RecentItems.NONE);
      CountedInteraction interaction = event.interaction().orElseThrow();
      for (Pair pair : before.pairsWith(interaction, LIMITS)) {
        subtasks[subtaskOf(PairKey.row(PairKey.of(pair)))]++;
      }
      recent.put(event.user(), before.with(interaction, LIMITS));
    }
    return subtasks;
  }

  /** The most of one subtask by the mean. */
  private static double imbalance(long[] subtasks) {
    return Arrays.stream(subtasks).max().orElseThrow()
        / Arrays.stream(subtasks).average().orElseThrow();
  }

  private static int subtaskOf(String key) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, KEY_GROUPS, SUBTASKS);
  }

  /** Three users have a hundred times as many events as others, and push one item. */
  @Tag("L3")
  @Test
  void hourly_floodOfThreeUsers_leavesTheBestNeighboursOfOthers() throws Exception {
    List<UserEvent> honest = new ArrayList<>();
    Random random = new Random(3);
    for (int user = 0; user < 1_500; user++) {
      for (int event = 0; event < 8; event++) {
        honest.add(view("user-" + user, item(user % CLUSTERS, random.nextInt(CLUSTER))));
      }
    }
    List<UserEvent> flood = new ArrayList<>(honest);
    for (int event = 0; event < 3 * 800; event++) {
      int pushed = event / 6;
      String item = item(pushed / CLUSTER % CLUSTERS, pushed % CLUSTER);
      flood.add(view("bot-" + event % 3, event / 3 % 2 == 0 ? "pushed" : item));
    }
    CountingRule all = CountingRule.of(LIMITS);
    CountingRule capped = new CountingRule(LIMITS, KindWeights.ALIKE, 0, HOURLY);
    Map<String, Set<String>> expected = best(all, honest);
    assertEquals(expected, best(capped, honest), "it leaves others alone");
    double floods = overlap(expected, best(all, flood));
    assertTrue(floods < 0.95, "the flood changes " + (1 - floods));
    double left = overlap(expected, best(capped, flood));
    assertTrue(left > 0.99, "the flood still changes " + (1 - left));
  }

  /** As the replay of the log has it; a flood of one user leaves what the limit lets count. */
  @Tag("L3")
  @Test
  void hourlySearches_floodOfOneUser_countUpToTheLimitOfEachUser() throws Exception {
    CountingRule rule = new CountingRule(LIMITS, KindWeights.ALIKE, 3, 0, HOURLY);
    UncountedEvents replay = new UncountedEvents(rule);
    SplittableRandom random = new SplittableRandom(4);
    Map<Optional<UserId>, Integer> counted = new HashMap<>();
    int expected = 0;
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new StreamFilter<>(new FirstSearches(rule.keptIds(), HOURLY)),
            CountedSearch::owner,
            Types.STRING)) {
      harness.open();
      for (int event = 0; event < 1_000; event++) {
        Search search = search(random, event);
        boolean leftOut = replay.isLeftOut(0, search);
        expected += leftOut ? 0 : 1;
        if (!leftOut && search.id().isEmpty()) {
          counted.merge(search.user(), 1, Integer::sum);
        }
        harness.processElement(EventDecoders.counted(record(search), search), 0);
        assertEquals(expected, harness.extractOutputValues().size(), "search " + event);
      }
      UserId bot = new UserId("bot");
      harness.processElement(CountedSearch.erased(UncountedEvents.owner(0, bot)), 0);
      replay.forget(0, bot);
      assertEquals(expected, harness.extractOutputValues().size(), "an erasure is no search");
      Search again =
          new Search(
              "a heist",
              new ItemId("pushed"),
              Optional.of(bot),
              Instant.EPOCH,
              Optional.of(new EventId("e0")));
      assertFalse(replay.isLeftOut(0, again));
      harness.processElement(EventDecoders.counted(record(again), again), 0);
      assertEquals(expected + 1, harness.extractOutputValues().size(), "as if never seen");
    }
    assertTrue(counted.get(Optional.of(new UserId("bot"))) <= HOURLY, counted.toString());
    assertTrue(counted.get(Optional.<UserId>empty()) > HOURLY, counted.toString());
  }

  /** Most are the bot's, some have no user, some an id that comes again. */
  private static Search search(SplittableRandom random, int event) {
    Optional<UserId> user =
        switch (random.nextInt(10)) {
          case 0 -> Optional.empty();
          case 1 -> Optional.of(new UserId("user-" + random.nextInt(5)));
          default -> Optional.of(new UserId("bot"));
        };
    Optional<EventId> id =
        random.nextInt(5) == 0 ? Optional.of(new EventId("e" + event / 20)) : Optional.empty();
    return new Search("a heist", new ItemId("pushed"), user, Instant.EPOCH, id);
  }

  private static InboundRecord record(Search search) {
    return InboundRecord.of(
        new ConsumerRecord<>(
            Topics.DEFAULT.searches().name(), 0, 0, null, Codecs.search().encode(search)));
  }

  private static String item(int cluster, int number) {
    return "item-" + cluster + "-" + number;
  }

  private static double overlap(Map<String, Set<String>> expected, Map<String, Set<String>> found) {
    return expected.entrySet().stream()
        .mapToDouble(
            each -> {
              Set<String> common = new HashSet<>(found.get(each.getKey()));
              common.retainAll(each.getValue());
              return common.size() / (double) each.getValue().size();
            })
        .average()
        .orElseThrow();
  }

  /** The items that followed each item most: as many as its cluster has others. */
  private static Map<String, Set<String>> best(CountingRule rule, List<UserEvent> events)
      throws Exception {
    Map<String, Map<String, Long>> followed = new HashMap<>();
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new PairExtractor(rule), UserEvent::key, Types.STRING)) {
      harness.open();
      for (UserEvent event : events) {
        harness.processElement(event, 0);
      }
      harness.prepareSnapshotPreBarrier(1);
      harness
          .getSideOutput(PairExtractor.TRANSITIONS)
          .forEach(
              row ->
                  row.getValue()
                      .counts()
                      .forEach(
                          (name, length, weight) ->
                              followed
                                  .computeIfAbsent(row.getValue().row(), any -> new HashMap<>())
                                  .put(
                                      new String(name, 0, length, StandardCharsets.UTF_8),
                                      weight)));
    }
    return IntStream.range(0, CLUSTERS * CLUSTER)
        .mapToObj(i -> item(i / CLUSTER, i % CLUSTER))
        .collect(Collectors.toMap(item -> item, item -> best(followed.get(item))));
  }

  private static Set<String> best(Map<String, Long> followed) {
    return followed.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(CLUSTER - 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, UserEvent, RowChange> harness(
      CountingRule rule, int subtask) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new PairExtractor(rule), UserEvent::key, Types.STRING, KEY_GROUPS, SUBTASKS, subtask);
  }

  private static UserEvent view(String user, String item) {
    return new UserEvent(
        new UserId(user),
        Optional.of(new CountedInteraction(new ItemInteraction(new ItemId(item), 1_000), 1)));
  }
}
