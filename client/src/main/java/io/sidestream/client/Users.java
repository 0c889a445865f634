package io.sidestream.client;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.TopicReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Erases users: counts their events, and writes the records that erase them. */
public final class Users {
  /*
   * An erasure covers its user's events before it in its partition. Interactions lie in the
   * partition of their key; searches may lie anywhere, since their key may be the query. A producer
   * with another partitioner may have put interactions elsewhere: where some are found, an erasure
   * is written too.
   */
  private final Connection connection;
  private final Topics topics;

  /**
   * @throws UserErrorException when no broker responds, or it refuses
   */
  public Users(Connection connection) {
    this.connection = connection;
    this.topics = connection.topics();
    Brokers.require(connection, Acls.erase(topics));
  }

  /** What was found of some users. */
  public static final class Found {
    private final Map<UserId, UserEvents> events = new LinkedHashMap<>();
    private final Map<UserId, Set<Integer>> partitions = new HashMap<>();

    private Found(Collection<UserId> users) {
      for (UserId user : users) {
        events.put(user, UserEvents.NONE);
      }
    }

    /** The events of each user, in the order in which they were given. */
    public Map<UserId, UserEvents> events() {
      return new LinkedHashMap<>(events);
    }
  }

  /** Reads both topics once, up to now. */
  public Found find(Collection<UserId> users) {
    Found found = new Found(users);
    Map<UserId, Map<Integer, Long>> interactions = new HashMap<>();
    Map<UserId, Map<Integer, Long>> searches = new HashMap<>();
    try (TopicReader reader = new TopicReader(connection.kafka())) {
      reader.readAll(
          topics.interactions().name(),
          one -> count(one, keyed(found, one), keyed(found, one), interactions));
      reader.readAll(
          topics.searches().name(),
          one -> count(one, keyed(found, one), searcher(found, one), searches));
    }
    interactions.forEach((user, own) -> found.partitions.put(user, new TreeSet<>(own.keySet())));
    found.events.replaceAll(
        (user, none) ->
            new UserEvents(
                sum(interactions.getOrDefault(user, Map.of())),
                sum(searches.getOrDefault(user, Map.of()))));
    return found;
  }

  /** Writes the erasures, and waits for their acknowledgement. */
  public void erase(Found found) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (Producer<byte[], byte[]> producer = Brokers.producer(connection)) {
      int everywhere = producer.partitionsFor(topics.searches().name()).size();
      for (UserId user : found.events.keySet()) {
        int own = producer.send(erasure(topics.interactions(), null, user)).get().partition();
        for (int partition : found.partitions.getOrDefault(user, Set.of())) {
          if (partition != own) {
            sent.add(producer.send(erasure(topics.interactions(), partition, user)));
          }
        }
        for (int partition = 0; partition < everywhere; partition++) {
          sent.add(producer.send(erasure(topics.searches(), partition, user)));
        }
      }
      producer.flush();
      for (Future<RecordMetadata> acknowledged : sent) {
        acknowledged.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw Brokers.unavailable(connection, e);
    }
  }

  private static ProducerRecord<byte[], byte[]> erasure(
      Topic topic, @Nullable Integer partition, UserId user) {
    return new ProducerRecord<>(topic.name(), partition, KeyedRecords.key(user.value()), null);
  }

  /** Counts an event by partition; an erasure starts the partition's count again. */
  private static void count(
      ConsumerRecord<byte[], byte[]> one,
      @Nullable UserId erased,
      @Nullable UserId user,
      Map<UserId, Map<Integer, Long>> counts) {
    if (one.value() == null) {
      if (erased != null) {
        counts.getOrDefault(erased, new HashMap<>()).remove(one.partition());
      }
    } else if (user != null) {
      counts.computeIfAbsent(user, each -> new HashMap<>()).merge(one.partition(), 1L, Long::sum);
    }
  }

  private static @Nullable UserId keyed(Found found, ConsumerRecord<byte[], byte[]> one) {
    try {
      UserId user = KeyedRecords.erasedUser(one.key());
      return found.events.containsKey(user) ? user : null;
    } catch (MalformedRecordException e) {
      return null;
    }
  }

  private @Nullable UserId searcher(Found found, ConsumerRecord<byte[], byte[]> one) {
    if (one.value() == null) {
      return null;
    }
    try {
      return Codecs.search()
          .decode(one.value(), topics.schemas())
          .user()
          .filter(found.events::containsKey)
          .orElse(null);
    } catch (MalformedRecordException e) {
      return null;
    }
  }

  private static long sum(Map<Integer, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
