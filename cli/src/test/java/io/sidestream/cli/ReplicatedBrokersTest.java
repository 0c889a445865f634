package io.sidestream.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.kafka.TopicReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F1: one of three brokers is killed while five hundred records a second are sent. */
@EnabledIfSystemProperty(
    named = "chaos.run",
    matches = "true",
    disabledReason = "three brokers take a while: mvn verify -Dchaos.run=true")
class ReplicatedBrokersTest {
  private static final String TOPIC = "numbers";
  private static final int PARTITIONS = 6;
  private static final int PER_SECOND = 500;
  private static final int BEFORE = 10 * PER_SECOND;
  private static final int ALL = 40 * PER_SECOND;
  private static final int SESSION_MILLIS = 4_000;
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(10);

  private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();
  private final Set<Integer> consumed = new ConcurrentSkipListSet<>();
  private final Gap acknowledging = new Gap();
  private final Gap consuming = new Gap();
  private volatile boolean done;

  @TempDir Path work;

  /** The longest time between two marks. */
  private static final class Gap {
    private final AtomicLong last = new AtomicLong(System.nanoTime());
    private final AtomicLong longest = new AtomicLong();

    void mark() {
      long now = System.nanoTime();
      longest.accumulateAndGet(now - last.getAndSet(now), Math::max);
    }

    void restart() {
      mark();
      longest.set(0);
    }

    Duration longest() {
      return Duration.ofNanos(longest.get());
    }
  }

  /** Once the one that is the active controller as well, once another. */
  @Tag("F1")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void kill_oneOfThree_losesNothingAndClientsResume(boolean controller) throws Exception {
    try (ThreeBrokers brokers =
        ThreeBrokers.start(work, SESSION_MILLIS, new SplittableRandom(controller ? 1 : 2))) {
      Map<String, Object> settings = Map.of("bootstrap.servers", brokers.bootstrapServers());
      int victim = victim(settings, controller);
      Thread consumer = new Thread(() -> consume(settings), "consumer");
      consumer.start();
      try {
        produce(settings, brokers, victim);
        await().atMost(START_LIMIT).until(() -> consumed.containsAll(acknowledged));
      } finally {
        done = true;
        consumer.join();
      }
      System.out.printf(
          Locale.ROOT,
          "killed %s: %,d of %,d acknowledged, longest without one %,d ms, without a record %,d"
              + " ms%n",
          controller ? "the active controller" : "a broker",
          acknowledged.size(),
          ALL,
          acknowledging.longest().toMillis(),
          consuming.longest().toMillis());
      List<Integer> there = read(settings);
      assertEquals(there.size(), Set.copyOf(there).size(), "some are there twice");
      Set<Integer> lost = new TreeSet<>(acknowledged);
      lost.removeAll(Set.copyOf(there));
      assertEquals(Set.of(), lost);
      assertEquals(ALL, acknowledged.size());
      assertTrue(acknowledging.longest().compareTo(LONGEST_OUTAGE) <= 0);
      assertTrue(consuming.longest().compareTo(LONGEST_OUTAGE) <= 0);
    }
  }

  /** Creates the topic, and chooses the broker that will be killed. */
  private static int victim(Map<String, Object> settings, boolean controller) throws Exception {
    Map<String, Object> patient = new HashMap<>(settings);
    patient.put("default.api.timeout.ms", Math.toIntExact(START_LIMIT.toMillis()));
    try (Admin admin = Admin.create(patient)) {
      await()
          .atMost(START_LIMIT)
          .until(() -> admin.describeCluster().nodes().get().size() == ThreeBrokers.BROKERS);
      admin
          .createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) ThreeBrokers.BROKERS)))
          .all()
          .get();
      int active = admin.describeMetadataQuorum().quorumInfo().get().leaderId();
      return controller ? active : active % ThreeBrokers.BROKERS + 1;
    }
  }

  private void produce(Map<String, Object> settings, ThreeBrokers brokers, int victim) {
    Map<String, Object> patient = new HashMap<>(settings);
    patient.put("acks", "all");
    patient.put("linger.ms", 0);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(patient, new ByteArraySerializer(), new ByteArraySerializer())) {
      long start = System.nanoTime();
      for (int number = 0; number < ALL; number++) {
        if (number == BEFORE) {
          acknowledging.restart(); // the start is no outage
          consuming.restart();
          brokers.kill(victim);
        }
        send(producer, number);
        long due = start + (number + 1) * (1_000_000_000L / PER_SECOND);
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
  }

  /** With a key: records without one would go to the leaders that are left. */
  private void send(KafkaProducer<byte[], byte[]> producer, int number) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    producer.send(
        new ProducerRecord<>(TOPIC, number % PARTITIONS, bytes, bytes),
        (sent, failure) -> {
          if (failure == null) {
            acknowledged.add(number);
            acknowledging.mark();
          }
        });
  }

  private void consume(Map<String, Object> settings) {
    Map<String, Object> own = new HashMap<>(settings);
    own.put("group.id", "readers");
    own.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      while (!done) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          consumed.add(ByteBuffer.wrap(record.value()).getInt());
          consuming.mark();
        }
      }
    }
  }

  private static List<Integer> read(Map<String, Object> settings) {
    List<Integer> numbers = new ArrayList<>();
    try (TopicReader reader = new TopicReader(settings)) {
      reader.readAll(TOPIC, record -> numbers.add(ByteBuffer.wrap(record.value()).getInt()));
    }
    return numbers;
  }
}
