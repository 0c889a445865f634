package io.sidestream.gateway.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.registry.SchemaRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class FollowedTest {
  private static final long WAIT_NANOS = Duration.ofSeconds(20).toNanos();

  /** Confluent's framing of JSON under schema 9. */
  private static final byte[] FRAME = {0, 0, 0, 0, 9};

  private final AtomicBoolean slow = new AtomicBoolean();
  private final MockConsumer<byte[], byte[]> consumer =
      new MockConsumer<>("earliest") {
        @Override
        public synchronized long position(TopicPartition partition, Duration limit) {
          if (slow.get()) {
            throw new TimeoutException("slow");
          }
          return super.position(partition, limit);
        }
      };

  @Test
  void read_registryIsAway_waitsAtTheRecordAndKeepsItsOrder() throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    Topics topics = Topics.DEFAULT.with(new Registry(away, absentRegistry()));
    fill(topics);
    try (Followed followed = Followed.start(consumer, topics, 10)) {
      consumer.schedulePollTask(
          () -> {
            add(topics.items(), 0, 0, "m0", Codecs.item().encode(item("Before")));
            add(topics.items(), 0, 1, "m0", framed("First"));
            add(topics.items(), 0, 2, "m0", Codecs.item().encode(item("Second")));
            add(topics.items(), 1, 0, "m1", Codecs.item().encode(item("m1", "Other")));
          });
      await(() -> followed.titles().of(new ItemId("m1")).isPresent());
      assertEquals(Optional.of("Before"), followed.titles().of(new ItemId("m0")));
      assertEquals(2, followed.itemsRead());
      assertTrue(followed.brokerAnswers());

      // The mock forgets what it has given out; a broker gives it again.
      consumer.schedulePollTask(
          () -> {
            add(topics.items(), 0, 1, "m0", framed("First"));
            add(topics.items(), 0, 2, "m0", Codecs.item().encode(item("Second")));
          });
      away.set(false);
      await(() -> followed.itemsRead() == 4);
      assertEquals(Optional.of("Second"), followed.titles().of(new ItemId("m0")));
    }
  }

  @Test
  void read_slowBroker_isWaitedFor() throws Exception {
    fill(Topics.DEFAULT);
    slow.set(true);
    try (Followed followed = Followed.start(consumer, Topics.DEFAULT, 10)) {
      await(() -> !followed.brokerAnswers());
      assertFalse(followed.isCaughtUp());

      slow.set(false);
      await(followed::isCaughtUp);
    }
  }

  @Test
  void read_anyOtherFailure_isNotWellAnyMore() throws Exception {
    fill(Topics.DEFAULT);
    try (Followed followed = Followed.start(consumer, Topics.DEFAULT, 10)) {
      consumer.schedulePollTask(
          () -> {
            throw new IllegalStateException("a bug");
          });
      await(() -> !followed.brokerAnswers());
      await(consumer::closed);
    }
  }

  @Test
  void start_fails_closesTheConsumer() {
    consumer.setOffsetsException(new KafkaException("no offsets"));
    fill(Topics.DEFAULT);

    assertThrows(KafkaException.class, () -> Followed.start(consumer, Topics.DEFAULT, 10));
    assertTrue(consumer.closed());
  }

  /** A registry that has one schema, of JSON. While it is away, a port without a server answers. */
  private record Registry(AtomicBoolean away, WriterSchemas absent) implements WriterSchemas {
    @Override
    public String source() {
      return absent.source();
    }

    @Override
    public Optional<Registered> find(int id) {
      return away.get() ? absent.find(id) : Optional.of(new Registered(Language.JSON, "{}"));
    }

    @Override
    public WriterSchemas withoutWaiting() {
      return new Registry(away, absent.withoutWaiting());
    }
  }

  private static WriterSchemas absentRegistry() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + taken.getLocalPort());
      return SchemaRegistry.of(url, Optional.empty(), Optional.empty());
    }
  }

  private void fill(Topics topics) {
    for (Topic topic : List.of(topics.items(), topics.generations(), topics.interactions())) {
      List<PartitionInfo> partitions =
          List.of(
              new PartitionInfo(topic.name(), 0, null, null, null),
              new PartitionInfo(topic.name(), 1, null, null, null));
      consumer.updatePartitions(topic.name(), partitions);
      for (int partition = 0; partition < 2; partition++) {
        TopicPartition one = new TopicPartition(topic.name(), partition);
        consumer.updateBeginningOffsets(Map.of(one, 0L));
        consumer.updateEndOffsets(Map.of(one, 0L));
      }
    }
  }

  private void add(Topic topic, int partition, long offset, String key, byte[] value) {
    consumer.addRecord(
        new ConsumerRecord<>(
            topic.name(), partition, offset, key.getBytes(StandardCharsets.UTF_8), value));
  }

  private static Item item(String title) {
    return item("m0", title);
  }

  private static Item item(String id, String title) {
    return new Item(new ItemId(id), title, Map.of(), Map.of());
  }

  private static byte[] framed(String title) {
    byte[] json =
        "{\"id\": \"m0\", \"title\": \"%s\"}".formatted(title).getBytes(StandardCharsets.UTF_8);
    byte[] framed = new byte[FRAME.length + json.length];
    System.arraycopy(FRAME, 0, framed, 0, FRAME.length);
    System.arraycopy(json, 0, framed, FRAME.length, json.length);
    return framed;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + WAIT_NANOS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain");
      Thread.sleep(5);
    }
  }
}
