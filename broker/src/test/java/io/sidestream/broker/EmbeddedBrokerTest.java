package io.sidestream.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedBrokerTest {
  private static final TopicPartition PARTITION = new TopicPartition("films", 0);

  @TempDir Path folder;

  @Test
  void start_sameDirectoryTwice_keepsTheRecords() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      createTopic(broker);
      produce(broker, "tt1", "Heat");
      assertEquals("Heat", consumeOne(broker));
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      assertEquals("Heat", consumeOne(broker));
    }
  }

  @Test
  void produce_transaction_isCommitted() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      createTopic(broker);
      Map<String, Object> config =
          Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "one");
      try (var producer =
          new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("films", "tt1", "Ronin"));
        producer.commitTransaction();
      }
      assertEquals("Ronin", consumeOne(broker));
    }
  }

  @Test
  void start_proxiedPort_sendsItsClientsToTheProxy() throws Exception {
    int own;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      own = free.getLocalPort();
    }
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        EmbeddedBroker broker =
            EmbeddedBroker.start(
                folder, 0, List.of(new ProxiedPort(own, proxy.getLocalPort())), Map.of());
        Admin proxied = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + own));
        Admin direct = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      proxied.listTopics();
      proxy.accept().close(); // within the limit of this class
      assertEquals(0, direct.listTopics().names().get().size());
      proxied.close(Duration.ZERO);
    }
  }

  @Test
  void start_busyPort_saysSoAndTouchesNoFile() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Path directory = folder.resolve("broker");

      IOException e =
          assertThrows(
              IOException.class, () -> EmbeddedBroker.start(directory, taken.getLocalPort()));

      assertEquals(
          "port " + taken.getLocalPort() + " on 127.0.0.1 is busy, expected a free port",
          e.getMessage());
      assertTrue(Files.notExists(directory));
    }
  }

  @Test
  void start_directoryOfSomethingElse_isRefused() throws Exception {
    Files.writeString(folder.resolve("thesis.txt"), "do not overwrite");

    IOException e = assertThrows(IOException.class, () -> EmbeddedBroker.start(folder, 0));

    assertTrue(e.getMessage().contains("holds files but no meta.properties"), e.getMessage());
  }

  @Test
  void start_directoryInUse_isRefusedAndTheFirstGoesOn() throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start(folder, 0)) {
      createTopic(first);

      IOException e = assertThrows(IOException.class, () -> EmbeddedBroker.start(folder, 0));

      assertTrue(e.getMessage().contains("is in use by another broker"), e.getMessage());
      produce(first, "tt1", "Heat");
      assertEquals("Heat", consumeOne(first));
    }
  }

  @Test
  void start_twoAtOnce_takeDifferentPorts() throws Exception {
    try (EmbeddedBroker one = EmbeddedBroker.start(folder.resolve("one"), 0);
        EmbeddedBroker other = EmbeddedBroker.start(folder.resolve("other"), 0)) {
      assertNotEquals(one.bootstrapServers(), other.bootstrapServers());
    }
  }

  @Test
  void close_again_doesNothing() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(folder, 0);
    String bootstrap = broker.bootstrapServers();
    broker.close();
    broker.close();

    int port = Integer.parseInt(bootstrap.substring(bootstrap.indexOf(':') + 1));
    EmbeddedBroker.start(folder, port).close();
  }

  private static void createTopic(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic("films", Optional.of(1), Optional.empty())))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void produce(EmbeddedBroker broker, String key, String value) throws Exception {
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("films", key, value)).get(30, TimeUnit.SECONDS);
    }
  }

  private static String consumeOne(EmbeddedBroker broker) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      for (int poll = 0; poll < 60; poll++) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
          return record.value();
        }
      }
      throw new AssertionError("no record within thirty seconds");
    }
  }
}
