package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.RejectedRecord;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.kafka.TopicReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Erasing users, and listing and replaying rejected records, on a real broker. */
@Timeout(120)
class RemovalCommandsTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final int DONE = 0;
  private static final int WRONG_USAGE = 2;

  private static EmbeddedBroker broker;
  private static Producer<byte[], byte[]> producer;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    broker = EmbeddedBroker.start(folder, 0);
    Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (Admin admin = Admin.create(kafka)) {
      TopicCreator.create(admin, TOPICS);
    }
    producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterAll
  static void stop() throws Exception {
    producer.close();
    broker.close();
  }

  @Test
  void usersErase_eventsInSeveralPartitions_erasesInEachAndCountsThem() throws Exception {
    send(TOPICS.interactions(), null, "ann", interaction("ann"));
    for (int partition = 0; partition < 2; partition++) { // one of them is not the key's
      send(TOPICS.interactions(), partition, "ann", interaction("ann"));
    }
    send(TOPICS.searches(), null, "a query", search("ann"));
    send(TOPICS.searches(), null, "another query", search("bob"));

    assertEquals(DONE, run("users", "erase", "ann", "unknown", "--yes", "--output", "json"));
    JsonNode erased = new ObjectMapper().readTree(out.toString());
    assertEquals("ann", erased.get(0).get("user").asText());
    assertEquals(3, erased.get(0).get("interactions").asInt());
    assertEquals(1, erased.get(0).get("searches").asInt());
    assertEquals(0, erased.get(1).get("interactions").asInt());
    assertEquals(TOPICS.searches().partitions(), erasures(TOPICS.searches(), "ann").size());
    List<Integer> partitions = erasures(TOPICS.interactions(), "ann");
    assertTrue(partitions.containsAll(List.of(0, 1)), partitions.toString());
    assertEquals(partitions.stream().distinct().toList(), partitions);

    assertEquals(DONE, run("users", "erase", "ann", "--yes"));
    assertEquals("erased ann: 0 interactions, 0 searches", out.toString().strip());
  }

  @Test
  void usersErase_withoutTerminalAndYes_isWrongUsage() {
    if (System.console() == null) {
      assertEquals(WRONG_USAGE, run("users", "erase", "ann"));
      assertEquals("sidestream: there is no terminal to ask: give --yes", line(err, 0));
    }
    assertEquals(WRONG_USAGE, run("users", "erase", "", "--yes"));
    assertEquals(WRONG_USAGE, run("users", "erase", "--yes"));
  }

  @Test
  void rejectedListAndReplay_byFilter_countsAndWritesBackOnce() throws Exception {
    Topic topic = TOPICS.prompts();
    reject(topic, 3, "junk");
    reject(topic, 4, "junk again");
    reject(TOPICS.searchResults(), 0, "fine"); // nothing checks this topic

    assertEquals(DONE, run("rejected", "list", "--topic", "prompts"));
    assertTrue(line(out, 0).startsWith("prompts "), out.toString());
    assertTrue(line(out, 0).endsWith("prompts-0 offset 4: for the test"), out.toString());
    assertEquals(DONE, run("rejected", "list", "--records", "--topic", "prompts"));
    assertEquals(2, out.toString().lines().count());
    assertTrue(line(out, 1).endsWith("failed  key k  TEST: for the test"), out.toString());
    assertEquals(DONE, run("rejected", "list", "--since", "1h", "--output", "json"));
    JsonNode listed = new ObjectMapper().readTree(out.toString());
    assertEquals(2, listed.size());
    assertEquals(2, listed.get(0).get("count").asInt());
    assertEquals(4, listed.get(0).get("example").get("offset").asInt());
    assertEquals(DONE, run("rejected", "list", "--reason", "bad_key"));
    assertEquals("", out.toString());

    assertEquals(DONE, run("rejected", "replay", "--topic", "search-results"));
    assertEquals("search-results: 1 replayed, 0 still bad, 0 superseded", line(out, 0));
    assertEquals(DONE, run("rejected", "replay", "--output", "json"));
    JsonNode replayed = new ObjectMapper().readTree(out.toString());
    assertEquals(TOPICS.carrying().size(), replayed.size());
    for (JsonNode each : replayed) {
      assertEquals(0, each.get("replayed").asInt(), each.toString());
      assertEquals(
          each.get("topic").asText().equals("prompts") ? 2 : 0, each.get("still_bad").asInt());
    }
  }

  @Test
  void rejectedList_unknownReasonOrTime_isWrongUsage() {
    assertEquals(WRONG_USAGE, run("rejected", "list", "--reason", "ugly"));
    assertEquals(
        "sidestream: --reason is ugly, expected one of unreadable, unknown_schema, out_of_range,"
            + " bad_key, unexpected_tombstone, failed",
        line(err, 0));
    assertEquals(WRONG_USAGE, run("rejected", "list", "--since", "yesterday"));
    assertEquals(WRONG_USAGE, run("rejected", "list", "--since", "1h", "--until", "2h"));
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] all =
        Stream.concat(
                Stream.of(arguments), Stream.of("--bootstrap-servers", broker.bootstrapServers()))
            .toArray(String[]::new);
    return SidestreamCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(all);
  }

  private static String line(StringWriter text, int number) {
    return text.toString().lines().skip(number).findFirst().orElse("");
  }

  private static void reject(Topic topic, long offset, String value) throws Exception {
    var consumed = new ConsumerRecord<>(topic.name(), 0, offset, bytes("k"), bytes(value));
    producer.send(RejectedRecord.of(consumed, "TEST", "Test", new Exception("for the test"))).get();
  }

  private static void send(Topic topic, Integer partition, String key, byte[] value)
      throws Exception {
    producer.send(new ProducerRecord<>(topic.name(), partition, bytes(key), value)).get();
  }

  private static List<Integer> erasures(Topic topic, String user) {
    List<Integer> partitions = new ArrayList<>();
    try (TopicReader reader =
        new TopicReader(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      reader.readAll(
          topic.name(),
          one -> {
            if (one.value() == null && user.equals(new String(one.key(), StandardCharsets.UTF_8))) {
              partitions.add(one.partition());
            }
          });
    }
    return partitions;
  }

  private static byte[] interaction(String user) {
    return Codecs.interaction()
        .encode(new Interaction(new UserId(user), new ItemId("a"), "view", 1, Instant.EPOCH));
  }

  private static byte[] search(String user) {
    return Codecs.search()
        .encode(new Search("q", new ItemId("a"), Optional.of(new UserId(user)), Instant.EPOCH));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
