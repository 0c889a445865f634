package io.sidestream.schemas.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SchemasKafkaTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static EmbeddedBroker broker;
  private static Map<String, Object> kafka;
  private static Admin admin;
  private static TopicCreator.Outcome first;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    broker = EmbeddedBroker.start(folder, 0);
    kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    admin = Admin.create(kafka);
    first = TopicCreator.create(admin, TOPICS);
  }

  @AfterAll
  static void stop() throws Exception {
    admin.close();
    broker.close();
  }

  @Test
  void create_again_findsEveryTopicThere() throws Exception {
    TopicCreator.Outcome second = TopicCreator.create(admin, TOPICS);

    assertEquals(30, first.created().size());
    assertEquals(List.of(), first.existing());
    assertEquals(List.of(), second.created());
    assertEquals(first.created(), second.existing());
  }

  @Test
  void create_everyTopic_isAsThePageSays() throws Exception {
    for (Topic topic : TOPICS.all()) {
      Config config = configOf(topic.name());
      assertEquals(topic.cleanup().policy(), config.get("cleanup.policy").value(), topic.name());
      assertEquals("LogAppendTime", config.get("message.timestamp.type").value(), topic.name());
      topic
          .configs()
          .forEach((key, value) -> assertEquals(value, config.get(key).value(), topic.name()));
      assertEquals(topic.partitions(), CorpusEnds.latest(admin, topic.name()).size(), topic.name());
    }
  }

  @Test
  void latest_corpus_namesItsFourTopics() throws Exception {
    CorpusOffsets ends = CorpusEnds.latest(admin, TOPICS);

    assertEquals(Set.of("items", "interactions", "searches", "pair-counts"), ends.ends().keySet());
    assertEquals(Set.of(0, 1, 2, 3), ends.ends().get("items").keySet());
  }

  @Test
  void readUntil_transactions_seesCommittedRecordsBelowTheEnds() throws Exception {
    String topic = TOPICS.codedItems().name();
    try (Producer<byte[], byte[]> producer = producer(Map.of("transactional.id", "reader-test"))) {
      producer.initTransactions();
      transaction(producer, topic, List.of("a", "b", "c"), true);
      transaction(producer, topic, List.of("x", "y"), false);
      Map<Integer, Long> ends = CorpusEnds.latest(admin, topic);
      transaction(producer, topic, List.of("later"), true);
      transaction(producer, topic, List.of("z"), false);

      assertEquals(List.of("a", "b", "c"), read(topic, ends));
      assertEquals(List.of("a", "b", "c", "later"), read(topic, CorpusEnds.latest(admin, topic)));
    }
  }

  @Test
  void readUntil_endThatNeverComes_saysWhereItStands() {
    try (TopicReader reader = new TopicReader(kafka, Duration.ofMillis(500))) {
      TimeoutException e =
          assertThrows(
              TimeoutException.class,
              () -> reader.readUntil(TOPICS.prompts().name(), Map.of(0, 99L), one -> {}));

      assertTrue(e.getMessage().startsWith("prompts-0 stands at offset 0"), e.getMessage());
    }
  }

  @Test
  void announce_twoGenerations_areReadInOrder() throws Exception {
    try (Producer<byte[], byte[]> producer = producer(Map.of())) {
      GenerationLog.announce(producer, TOPICS.generations(), announcement(1));
      GenerationLog.announce(producer, TOPICS.generations(), announcement(2));
      producer.send(new ProducerRecord<>(TOPICS.generations().name(), bytes("3"), bytes("junk")));
      producer.flush();
    }

    GenerationHistory history = GenerationLog.read(kafka, TOPICS.generations());

    assertEquals(Optional.of(announcement(2)), history.serving());
    assertEquals(Optional.of(announcement(1)), history.rollbackTarget());
    assertEquals(new Generation(3), history.nextNumber());
  }

  @Test
  void rejected_largerThanItsTopicTakesUncompressed_isCut() throws Exception {
    String topic = TOPICS.searchRequests().name();
    byte[] large = new byte[5 * Topics.MAX_RECORD_BYTES];
    Map<String, Object> lax =
        Map.of("max.request.size", 2 * large.length, "compression.type", "gzip");
    try (Producer<byte[], byte[]> producer = producer(lax)) {
      producer.send(new ProducerRecord<>(topic, bytes("k"), large)).get();
    }
    List<ConsumerRecord<byte[], byte[]>> consumed = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readAll(topic, consumed::add);
    }
    ProducerRecord<byte[], byte[]> rejected =
        RejectedRecord.of(consumed.get(0), "decode", "Job", new IllegalStateException("large"));
    try (Producer<byte[], byte[]> producer =
        producer(Map.of("max.request.size", Topics.MAX_DERIVED_BYTES))) {
      producer.send(rejected).get();
    }

    assertEquals(
        Integer.toString(large.length + 1),
        new String(
            rejected.headers().lastHeader(RejectedRecord.CUT).value(), StandardCharsets.UTF_8));
    assertEquals(
        new RejectedReplay.Outcome(0, 1, 0),
        new RejectedReplay(kafka, TOPICS).replay(TOPICS.searchRequests(), RejectedFilter.ALL));
  }

  private static Config configOf(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).all().get().get(resource);
  }

  private static List<String> read(String topic, Map<Integer, Long> ends) {
    List<String> values = new ArrayList<>();
    try (TopicReader reader = new TopicReader(kafka)) {
      reader.readUntil(
          topic, ends, one -> values.add(new String(one.value(), StandardCharsets.UTF_8)));
    }
    return values.stream().sorted().collect(Collectors.toList());
  }

  private static void transaction(
      Producer<byte[], byte[]> producer, String topic, List<String> values, boolean commit) {
    producer.beginTransaction();
    values.forEach(value -> producer.send(new ProducerRecord<>(topic, bytes(value), bytes(value))));
    producer.flush();
    if (commit) {
      producer.commitTransaction();
    } else {
      producer.abortTransaction();
    }
  }

  private static Producer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.putAll(more);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static GenerationAnnouncement announcement(long number) {
    return new GenerationAnnouncement(
        new Generation(number),
        GenerationState.LIVE,
        "both tasks hold",
        "0".repeat(64),
        Optional.empty(),
        new CorpusOffsets(Map.of()),
        Map.of(),
        Instant.ofEpochMilli(number));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
