package io.sidestream.schemas.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import io.sidestream.schemas.kafka.RejectedReplay.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a topic of its own. */
@Timeout(120)
class RejectedReplayTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final Exception BAD_KEY =
      new MalformedRecordException(Reason.BAD_KEY, "for the test", null);

  private static EmbeddedBroker broker;
  private static Map<String, Object> kafka;
  private static Producer<byte[], byte[]> producer;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    broker = EmbeddedBroker.start(folder, 0);
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(kafka)) {
      TopicCreator.create(admin, TOPICS);
    }
    producer = producer(Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    producer.close();
    broker.close();
  }

  @Test
  void replay_goodAndBad_writesTheGoodOnceAndNeverTheBad() throws Exception {
    Topic topic = TOPICS.searchRequests();
    byte[] good =
        Codecs.searchRequest().encode(new SearchRequest("q", 1, Set.of(), Optional.empty()));
    reject(topic, 0, "k", good);
    reject(topic, 1, "k", bytes("junk"));

    assertEquals(new Outcome(1, 1, 0), replay(topic, RejectedFilter.ALL));
    assertEquals(new Outcome(0, 1, 0), replay(topic, RejectedFilter.ALL), "a second replay");
    List<ConsumerRecord<byte[], byte[]>> back = read(topic.name());
    assertEquals(1, back.size());
    assertArrayEquals(bytes("k"), back.get(0).key());
    assertArrayEquals(good, back.get(0).value());
    assertEquals(1, back.get(0).headers().toArray().length);
    assertArrayEquals(bytes("00-1"), back.get(0).headers().lastHeader("traceparent").value());
    assertEquals(List.of(1L), offsets(topic));
  }

  @Test
  void replay_byFilter_leavesTheOthersForLater() throws Exception {
    Topic topic = TOPICS.recommendationResults(); // nothing is rejected there: all are good
    reject(topic, 0, "k", bytes("one"));
    producer
        .send(RejectedRecord.of(consumed(topic, 1, "k", bytes("two")), "TEST", "Test", BAD_KEY))
        .get();

    assertEquals(1, replay(topic, reason("bad_key")).replayed());
    assertEquals(0, replay(topic, reason("bad_key")).replayed());
    assertEquals(0, replay(topic, since(Instant.now().plusSeconds(60))).replayed());
    assertEquals(1, replay(topic, since(Instant.now().minusSeconds(600))).replayed());
    assertEquals(2, read(topic.name()).size());
  }

  @Test
  void replay_itemThatWasReplacedSince_isLeft() throws Exception {
    Topic topic = TOPICS.items();
    RecordMetadata first = send(topic, "a", item("a"));
    RecordMetadata other = send(topic, "b", item("b"));
    send(topic, "a", item("a"));
    rejectAt(first, topic, "a", item("a"));
    rejectAt(other, topic, "b", item("b"));

    assertEquals(new Outcome(1, 0, 1), replay(topic, RejectedFilter.ALL));
  }

  @Test
  void replay_eventsOfAnErasedUser_areLeft() throws Exception {
    Topic topic = TOPICS.interactions();
    RecordMetadata erased = send(topic, "ann", interaction("ann"));
    send(topic, "ann", null);
    RecordMetadata after = send(topic, "ann", interaction("ann"));
    rejectAt(erased, topic, "ann", interaction("ann"));
    rejectAt(after, topic, "ann", interaction("ann"));
    assertEquals(new Outcome(1, 0, 1), replay(topic, RejectedFilter.ALL));

    Topic searches = TOPICS.searches();
    Search search = new Search("q", new ItemId("a"), Optional.of(new UserId("ann")), Instant.EPOCH);
    byte[] value = Codecs.search().encode(search);
    ProducerRecord<byte[], byte[]> byQuery =
        new ProducerRecord<>(searches.name(), 2, bytes("q"), value);
    RecordMetadata searched = producer.send(byQuery).get();
    producer.send(new ProducerRecord<>(searches.name(), 2, bytes("ann"), null)).get();
    rejectAt(searched, searches, "q", value);
    assertEquals(new Outcome(0, 0, 1), replay(searches, RejectedFilter.ALL));
  }

  @Test
  void replay_moreThanATransactionHolds_writesAll() throws Exception {
    Topic topic = TOPICS.searchResults();
    int records = RejectedReplay.MAX_IN_TRANSACTION + 1;
    for (int offset = 0; offset < records; offset++) {
      producer.send(rejected(consumed(topic, offset, "k", bytes("v"))));
    }
    producer.flush();

    assertEquals(records, replay(topic, RejectedFilter.ALL).replayed());
    assertEquals(records, read(topic.name()).size());
    assertEquals(List.of(), offsets(topic));
  }

  /** The jobs write rejected records in transactions; aborted ones were never rejected. */
  @Test
  void replay_abortedTransaction_isNotWrittenBack() throws Exception {
    Topic topic = TOPICS.codedItems();
    try (Producer<byte[], byte[]> job = producer(Map.of("transactional.id", "job"))) {
      job.initTransactions();
      job.beginTransaction();
      job.send(rejected(consumed(topic, 0, "k", bytes("aborted"))));
      job.flush();
      job.abortTransaction();
      job.beginTransaction();
      job.send(rejected(consumed(topic, 1, "k", bytes("committed"))));
      job.commitTransaction();
    }

    assertEquals(1, replay(topic, RejectedFilter.ALL).replayed());
    assertArrayEquals(bytes("committed"), read(topic.name()).get(0).value());
  }

  /** A replay that hangs with an open transaction is fenced by the next. */
  @Test
  void replay_besideAnother_fencesIt() throws Exception {
    Topic topic = TOPICS.pairCounts();
    reject(topic, 0, "k", bytes("v"));
    try (Producer<byte[], byte[]> hanging =
        producer(Map.of("transactional.id", "sidestream-replay-" + topic.name()))) {
      hanging.initTransactions();
      hanging.beginTransaction();
      hanging.send(new ProducerRecord<>(topic.name(), bytes("k"), bytes("v"))).get();

      assertEquals(1, replay(topic, RejectedFilter.ALL).replayed());
      assertThrows(ProducerFencedException.class, hanging::commitTransaction);
    }
    assertEquals(1, read(topic.name()).size());
  }

  @Test
  void filter_sinceAfterUntil_isRefused() {
    Optional<Instant> late = Optional.of(Instant.ofEpochSecond(2));
    Optional<Instant> early = Optional.of(Instant.ofEpochSecond(1));

    assertThrows(
        IllegalArgumentException.class, () -> new RejectedFilter(Optional.empty(), late, early));
  }

  private static Outcome replay(Topic topic, RejectedFilter filter) {
    return new RejectedReplay(kafka, TOPICS).replay(topic, filter);
  }

  private static RejectedFilter reason(String code) {
    return new RejectedFilter(Optional.of(code), Optional.empty(), Optional.empty());
  }

  private static RejectedFilter since(Instant since) {
    return new RejectedFilter(Optional.empty(), Optional.of(since), Optional.empty());
  }

  private static void reject(Topic topic, long offset, String key, byte[] value) throws Exception {
    producer.send(rejected(consumed(topic, offset, key, value))).get();
  }

  private static void rejectAt(RecordMetadata at, Topic topic, String key, byte[] value)
      throws Exception {
    var consumed =
        new ConsumerRecord<>(topic.name(), at.partition(), at.offset(), bytes(key), value);
    producer.send(rejected(consumed)).get();
  }

  private static ConsumerRecord<byte[], byte[]> consumed(
      Topic topic, long offset, String key, byte[] value) {
    ConsumerRecord<byte[], byte[]> consumed =
        new ConsumerRecord<>(topic.name(), 0, offset, bytes(key), value);
    consumed.headers().add("traceparent", bytes("00-1"));
    return consumed;
  }

  private static ProducerRecord<byte[], byte[]> rejected(ConsumerRecord<byte[], byte[]> consumed) {
    return RejectedRecord.of(consumed, "TEST", "Test", new Exception("for the test"));
  }

  private static RecordMetadata send(Topic topic, String key, byte @Nullable [] value)
      throws Exception {
    return producer.send(new ProducerRecord<>(topic.name(), bytes(key), value)).get();
  }

  /** Original offsets of what is left. */
  private static List<Long> offsets(Topic topic) {
    List<Long> offsets = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka)) {
      new RejectedLog(reader, topic)
          .read(RejectedFilter.ALL, entry -> offsets.add(entry.offset().orElseThrow()));
    }
    return offsets;
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(topic, records::add);
    }
    return records;
  }

  private static byte[] item(String id) {
    return Codecs.item().encode(new Item(new ItemId(id), "title", Map.of(), Map.of()));
  }

  private static byte[] interaction(String user) {
    return Codecs.interaction()
        .encode(new Interaction(new UserId(user), new ItemId("a"), "view", 1, Instant.EPOCH));
  }

  private static Producer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.putAll(more);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
