package io.sidestream.cli.check;

import io.sidestream.cli.client.Brokers;
import io.sidestream.cli.client.Connection;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.TopicReader;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts the pairs of all events on the topics again, in one pass and without any state kept, and
 * compares the totals with those that the counting job has committed.
 */
public final class PairRecount {
  private final WindowLimits window;
  private final Map<UserId, RecentItems> recent = new HashMap<>();
  private final Map<String, Long> expected = new HashMap<>();
  private final Map<String, Long> committed = new HashMap<>();
  private long events;
  private long falls;

  private PairRecount(WindowLimits window) {
    this.window = window;
  }

  /**
   * The outcome of a comparison.
   *
   * @param events interactions and searches counted
   * @param pairs different pairs that these make
   * @param total sum of their totals
   * @param differing pairs whose committed total is another one, or is missing, or too many
   * @param falls committed totals that are not above the one before of their pair
   */
  public record Outcome(long events, long pairs, long total, long differing, long falls) {
    /** Whether every total is right, and each pair's has only grown. */
    public boolean isExact() {
      return differing == 0 && falls == 0;
    }
  }

  /** Compares all that is committed now. */
  public static Outcome compare(Connection connection, WindowLimits window) {
    Topics topics = connection.topics();
    Brokers.require(connection, Acls.counts(topics));
    PairRecount recount = new PairRecount(window);
    read(connection, topics.interactions(), recount::interaction);
    read(connection, topics.searches(), recount::search);
    read(connection, topics.pairCounts(), recount::committed);
    return recount.outcome();
  }

  private static void read(
      Connection connection, Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> records) {
    try (TopicReader reader = new TopicReader(connection.kafka())) {
      reader.readAll(topic.name(), records);
    }
  }

  /** As the counting job: an event that does not decode, or under another key, is rejected. */
  private void interaction(ConsumerRecord<byte[], byte[]> record) {
    try {
      Interaction event = Codecs.interaction().decode(record.value());
      if (!event.user().value().equals(key(record))) {
        return;
      }
      events++;
      ItemInteraction interaction = ItemInteraction.of(event);
      RecentItems before = recent.getOrDefault(event.user(), RecentItems.NONE);
      before.pairsWith(interaction, window).forEach(this::add);
      recent.put(event.user(), before.with(interaction, window));
    } catch (MalformedRecordException e) {
      // Is on the topic of rejected records.
    }
  }

  private void search(ConsumerRecord<byte[], byte[]> record) {
    try {
      Search event = Codecs.search().decode(record.value());
      events++;
      add(Pair.QueryItem.of(event.query(), event.clicked()));
    } catch (MalformedRecordException e) {
      // Is on the topic of rejected records.
    }
  }

  private void committed(ConsumerRecord<byte[], byte[]> record) {
    try {
      long total = Codecs.pairCount().decode(record.value()).total();
      Long before = committed.put(key(record), total);
      if (before != null && before >= total) {
        falls++;
      }
    } catch (MalformedRecordException e) {
      committed.put(key(record), 0L);
    }
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }

  private void add(Pair pair) {
    expected.merge(PairKey.of(pair), 1L, Long::sum);
  }

  private Outcome outcome() {
    long differing =
        expected.entrySet().stream()
            .filter(pair -> !pair.getValue().equals(committed.get(pair.getKey())))
            .count();
    long unknown = committed.keySet().stream().filter(key -> !expected.containsKey(key)).count();
    long total = expected.values().stream().mapToLong(Long::longValue).sum();
    return new Outcome(events, expected.size(), total, differing + unknown, falls);
  }
}
