package io.sidestream.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sidestream.chaos.network.FreePorts;
import io.sidestream.chaos.process.ChildProcess;
import io.sidestream.chaos.process.JavaProgram;
import io.sidestream.chaos.process.SmallDisk;
import io.sidestream.schemas.kafka.TopicReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A broker in a process of its own, whose disk becomes full. */
@EnabledIfSystemProperty(
    named = "chaos.run",
    matches = "true",
    disabledReason = "a broker is started twice: mvn verify -Dchaos.run=true")
class BrokerDiskTest {
  private static final String TOPIC = "numbers";
  private static final int MEBIBYTES = 128;
  private static final int HEAP_MEBIBYTES = 320;
  private static final int BYTES = 100_000;
  private static final int BATCH = 40;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @TempDir Path work;

  @Tag("F15")
  @Test
  void fullDisk_brokerEnds_andHasAllThatItAcknowledgedOnceThereIsSpace() throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mount(work.resolve("broker"), MEBIBYTES);
    assumeTrue(mounted.isPresent(), "skipped: this process may not mount a small file system");
    int port = FreePorts.find(1, new SplittableRandom(15)).get(0);
    Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + port);
    try (SmallDisk disk = mounted.orElseThrow();
        ChildProcess broker = broker(port)) {
      broker.start();
      createTopic(settings);
      Set<Integer> acknowledged = new TreeSet<>(send(settings, 0));
      assertEquals(BATCH, acknowledged.size());
      disk.fill();
      acknowledged.addAll(send(settings, BATCH));
      await().atMost(TIMEOUT).until(() -> !broker.isAlive());
      assertFalse(acknowledged.size() == 2 * BATCH, "the disk was not full");

      disk.free();
      broker.start();
      awaitTopic(settings);
      acknowledged.addAll(send(settings, 2 * BATCH));
      List<Integer> there = read(settings);
      assertEquals(there.size(), Set.copyOf(there).size(), "some are there twice");
      acknowledged.removeAll(there);
      assertEquals(Set.of(), acknowledged, "lost");
      assertEquals(3 * BATCH - 1, there.get(there.size() - 1));
    }
  }

  private ChildProcess broker(int port) {
    JavaProgram program =
        new JavaProgram(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SidestreamCommand.class.getName());
    return new ChildProcess(
        "broker",
        program.command(
            HEAP_MEBIBYTES,
            List.of("broker", "--work", work.toString(), "--port", Integer.toString(port))),
        JavaProgram.ENVIRONMENT,
        work.resolve("output.log"));
  }

  private static void createTopic(Map<String, Object> settings) throws Exception {
    try (Admin admin = admin(settings)) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void awaitTopic(Map<String, Object> settings) throws Exception {
    try (Admin admin = admin(settings)) {
      admin.describeTopics(List.of(TOPIC)).allTopicNames().get();
    }
  }

  private static Admin admin(Map<String, Object> settings) {
    Map<String, Object> patient = new HashMap<>(settings);
    patient.put("default.api.timeout.ms", Math.toIntExact(TIMEOUT.toMillis()));
    return Admin.create(patient);
  }

  /** Sends numbers, each in a large record; which of them were acknowledged. */
  private static List<Integer> send(Map<String, Object> settings, int first) throws Exception {
    Map<String, Object> patient = new HashMap<>(settings);
    patient.put("acks", "all");
    patient.put("max.block.ms", 30_000);
    patient.put("request.timeout.ms", 5_000);
    patient.put("delivery.timeout.ms", 30_000);
    List<Integer> acknowledged = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(patient, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int number = first; number < first + BATCH; number++) {
        byte[] value = ByteBuffer.allocate(BYTES).putInt(number).array();
        sent.add(producer.send(new ProducerRecord<>(TOPIC, value)));
      }
      for (int i = 0; i < BATCH; i++) {
        try {
          sent.get(i).get();
          acknowledged.add(first + i);
        } catch (ExecutionException e) {
          // Not acknowledged: it may be there or not.
        }
      }
    }
    return acknowledged;
  }

  private static List<Integer> read(Map<String, Object> settings) {
    List<Integer> numbers = new ArrayList<>();
    try (TopicReader reader = new TopicReader(settings)) {
      reader.readAll(TOPIC, record -> numbers.add(ByteBuffer.wrap(record.value()).getInt()));
    }
    return numbers;
  }
}
