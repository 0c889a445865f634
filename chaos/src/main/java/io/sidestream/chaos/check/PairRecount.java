package io.sidestream.chaos.check;

import io.sidestream.client.Brokers;
import io.sidestream.client.Connection;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.TopicReader;
import io.sidestream.schemas.pairs.ClickCounts;
import io.sidestream.schemas.pairs.ClickedItems;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.TransitionCounts;
import io.sidestream.schemas.pairs.UncountedEvents;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsSchema;
import io.sidestream.schemas.settings.SharedSettings;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Counts the pairs, transitions and clicks of all events on the topics again, without any state
 * kept, and compares the totals with those that the counting job has written.
 */
public final class PairRecount {
  /*
   * One pass, and a second one where it meets erasures: events that an erasure covers do not count,
   * and are met before it. What they made the job has counted and taken back, so that totals of
   * those pairs may fall.
   */
  private static final SettingsSchema COUNTING =
      new SettingsSchema().include(SharedSettings.SCHEMA, SharedSettings.WINDOW);

  private final CountingRule rule;
  private final UncountedEvents uncounted;
  private final Topics topics;
  private final ErasedUsers erased;
  private final ErasedUsers found = new ErasedUsers();
  private final Map<UserId, RecentItems> recent = new HashMap<>();
  private final Map<UserId, RecentItems> recentBeforeErasure = new HashMap<>();
  private final Set<String> takenBack = new HashSet<>();
  private final Map<String, Long> expected = new HashMap<>();
  private final Map<String, Long> committed = new HashMap<>();
  private final TransitionCounts transitions = new TransitionCounts();
  private final Map<ItemId, ItemNeighbours> neighbours = new HashMap<>();
  private final ClickCounts clicks = new ClickCounts();
  private final Map<String, ClickedItems> clicked = new HashMap<>();
  private final int limit;
  private long events;
  private long falls;

  private PairRecount(CountingRule rule, int limit, Topics topics, ErasedUsers erased) {
    this.topics = topics;
    this.rule = rule;
    this.erased = erased;
    this.uncounted = new UncountedEvents(rule);
    this.limit = limit;
  }

  /**
   * The outcome of a comparison.
   *
   * @param events interactions and searches counted
   * @param pairs different pairs that these make
   * @param total sum of their totals
   * @param differing pairs whose committed total is another one, or is missing, or too many
   * @param falls committed totals that are not above the one before of their pair, but for those of
   *     pairs that events of erased users made
   * @param items items with transitions
   * @param differingItems items whose totals or best neighbours differ, are missing, or too many
   * @param queries queries with clicks
   * @param differingQueries queries whose clicks differ, are missing, or too many
   */
  public record Outcome(
      long events,
      long pairs,
      long total,
      long differing,
      long falls,
      long items,
      long differingItems,
      long queries,
      long differingQueries) {
    /** In one sentence. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d events make %,d pairs of total %,d: %,d totals differ, %,d did not grow;"
              + " neighbours of %,d items: %,d differ; items clicked after %,d queries: %,d differ",
          events,
          pairs,
          total,
          differing,
          falls,
          items,
          differingItems,
          queries,
          differingQueries);
    }

    /** Whether every total is right, and each pair's has only grown. */
    public boolean isExact() {
      return differing == 0 && falls == 0 && differingItems == 0 && differingQueries == 0;
    }
  }

  /**
   * Compares all that is committed now, by the rule that the settings give.
   *
   * @throws io.sidestream.schemas.settings.SettingsException with every mistake
   */
  public static Outcome compare(Settings settings) {
    return compare(
        Connection.of(settings),
        settings.read(COUNTING, SharedSettings::counting),
        settings.read(COUNTING, SharedSettings::neighbours));
  }

  /**
   * Compares all that is committed now.
   *
   * @param limit most neighbours of an item
   */
  private static Outcome compare(Connection connection, CountingRule rule, int limit) {
    Topics topics = connection.topics();
    Brokers.require(connection, Acls.counts(topics));
    try (TopicReader reader = new TopicReader(connection.kafka())) {
      Map<Topic, Map<Integer, Long>> ends =
          Map.of(
              topics.interactions(), reader.ends(topics.interactions().name()),
              topics.searches(), reader.ends(topics.searches().name()));
      PairRecount recount = new PairRecount(rule, limit, topics, new ErasedUsers());
      recount.readEvents(reader, ends);
      if (!recount.found.areThose(recount.erased)) {
        recount = new PairRecount(rule, limit, topics, recount.found);
        recount.readEvents(reader, ends);
      }
      reader.readAll(topics.pairCounts().name(), recount::committed);
      reader.readAll(topics.itemNeighbours().name(), recount::neighbours);
      reader.readAll(topics.clickedItems().name(), recount::clicked);
      return recount.outcome();
    }
  }

  private void readEvents(TopicReader reader, Map<Topic, Map<Integer, Long>> ends) {
    ends.forEach(
        (topic, until) ->
            reader.readUntil(
                topic.name(),
                until,
                topic.equals(topics.searches()) ? this::search : this::interaction));
  }

  /** As the counting job: an event that does not decode, or under another key, is rejected. */
  private void interaction(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      found.add(record);
      return;
    }
    try {
      Interaction event = KeyedRecords.interaction(record.key(), record.value(), topics.schemas());
      CountedInteraction counted = CountedInteraction.of(event, rule.weights());
      if (counted.weight() == 0) {
        return;
      }
      if (erased.covers(record, event.user())) {
        RecentItems before = follow(recentBeforeErasure, event.user(), counted);
        pairs(before, counted).forEach(pair -> takenBack.add(PairKey.of(pair)));
      } else if (!uncounted.isLeftOut(event)) {
        events++;
        RecentItems before = follow(recent, event.user(), counted);
        pairs(before, counted).forEach(pair -> add(pair, counted.weight()));
        before.transitionsTo(counted, rule.window()).forEach(transitions::add);
      }
    } catch (MalformedRecordException e) {
      return; // it is on the topic of rejected records
    }
  }

  private List<Pair.ItemItem> pairs(RecentItems before, CountedInteraction event) {
    return before.pairsWith(event, rule.window());
  }

  /** Adds an event to its user's window; returns the one before. */
  private RecentItems follow(
      Map<UserId, RecentItems> windows, UserId user, CountedInteraction event) {
    RecentItems before = windows.getOrDefault(user, RecentItems.NONE);
    windows.put(user, before.with(event, rule.window()));
    return before;
  }

  private void search(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      found.add(record);
      return;
    }
    try {
      Search event = Codecs.search().decode(record.value(), topics.schemas());
      Pair.QueryItem pair = Pair.QueryItem.of(event.query(), event.clicked());
      if (event.user().filter(user -> erased.covers(record, user)).isPresent()) {
        takenBack.add(PairKey.of(pair));
      } else if (!uncounted.isLeftOut(record.partition(), event)) {
        events++;
        add(pair, 1);
        clicks.add(pair, 1);
      }
    } catch (MalformedRecordException e) {
      return; // it is on the topic of rejected records
    }
  }

  private void committed(ConsumerRecord<byte[], byte[]> record) {
    String pair = key(record);
    Long before = committed.get(pair);
    long total = total(record);
    if (record.value() == null) {
      committed.remove(pair);
    } else {
      committed.put(pair, total);
    }
    if (before != null && before >= total && !takenBack.contains(pair)) {
      falls++;
    }
  }

  private static long total(ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.value() == null ? 0 : Codecs.pairCount().decode(record.value()).total();
    } catch (MalformedRecordException e) {
      return 0;
    }
  }

  private void neighbours(ConsumerRecord<byte[], byte[]> record) {
    ItemId item = new ItemId(key(record));
    put(neighbours, item, record.value(), Codecs.itemNeighbours(), ItemNeighbours.NONE);
  }

  private void clicked(ConsumerRecord<byte[], byte[]> record) {
    put(clicked, key(record), record.value(), Codecs.clickedItems(), ClickedItems.NONE);
  }

  /**
   * What a record says of its key, which is nothing without a value.
   *
   * @param unreadable in place of a value that does not decode
   */
  private static <K, V> void put(
      Map<K, V> read, K key, byte @Nullable [] value, Codec<V> codec, V unreadable) {
    try {
      if (value == null) {
        read.remove(key);
      } else {
        read.put(key, codec.decode(value));
      }
    } catch (MalformedRecordException e) {
      read.put(key, unreadable);
    }
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  private void add(Pair pair, long count) {
    expected.merge(PairKey.of(pair), count, Long::sum);
  }

  private Outcome outcome() {
    long differing =
        expected.entrySet().stream()
            .filter(pair -> !pair.getValue().equals(committed.get(pair.getKey())))
            .count();
    long unknown = committed.keySet().stream().filter(key -> !expected.containsKey(key)).count();
    long total = expected.values().stream().mapToLong(Long::longValue).sum();
    Map<ItemId, ItemNeighbours> best = transitions.best(limit);
    Map<String, ClickedItems> allClicks = clicks.all();
    return new Outcome(
        events,
        expected.size(),
        total,
        differing + unknown,
        falls,
        best.size(),
        differing(best, neighbours),
        allClicks.size(),
        differing(allClicks, clicked));
  }

  private static <K, V> long differing(Map<K, V> expected, Map<K, V> found) {
    long wrong =
        expected.entrySet().stream()
            .filter(each -> !each.getValue().equals(found.get(each.getKey())))
            .count();
    return wrong + found.keySet().stream().filter(key -> !expected.containsKey(key)).count();
  }
}
