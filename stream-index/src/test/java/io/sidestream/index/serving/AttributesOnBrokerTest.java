package io.sidestream.index.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.registry.SchemaRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records are read again where the consumer was set back, which needs a broker that has them. */
class AttributesOnBrokerTest {
  private static final Topic TOPIC = Topics.DEFAULT.items();
  private static final ItemId HEAT = new ItemId("heat");
  private static final byte[] OF_SCHEMA_7 = {0, 0, 0, 0, 7, 1};

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  /** A registry that is away ended the process: its exception is no malformed record. */
  @Test
  void take_registryIsAway_readsTheRecordAgainInItsOrder(@TempDir Path directory) throws Exception {
    Registry away = new Registry();
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
      Map<String, Object> cluster = Map.of("bootstrap.servers", broker.bootstrapServers());
      try (Admin admin = Admin.create(cluster);
          var producer =
              new KafkaProducer<>(cluster, new ByteArraySerializer(), new ByteArraySerializer());
          AttributeUpdater attributes =
              new AttributeUpdater(
                  new KafkaConsumer<>(
                      cluster, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                  TOPIC,
                  away,
                  Set.of("genre"),
                  new RetryDelays(Duration.ofMillis(1), Duration.ofMillis(10)),
                  registry,
                  failures::add)) {
        admin.createTopics(List.of(new NewTopic(TOPIC.name(), 1, (short) 1))).all().get();
        for (byte[] value : List.of(heat("Crime"), OF_SCHEMA_7, heat("Drama"))) {
          byte[] key = HEAT.value().getBytes(StandardCharsets.UTF_8);
          producer.send(new ProducerRecord<>(TOPIC.name(), key, value)).get();
        }
        attributes.start();
        await(() -> away.asked.get() > 2);
        assertEquals(genre("Crime"), attributes.of(HEAT));
        assertFalse(attributes.isCaughtUp());

        away.answers = true; // that it does not know the schema
        await(attributes::isCaughtUp);
        assertEquals(genre("Drama"), attributes.of(HEAT));
        assertEquals(
            1, registry.counter("sidestream.records.skipped", "topic", TOPIC.name()).count(), 0);
        assertTrue(failures.isEmpty(), failures.toString());
      }
    }
  }

  private static Optional<Map<String, List<String>>> genre(String value) {
    return Optional.of(Map.of("genre", List.of(value)));
  }

  private static byte[] heat(String genre) {
    return Codecs.item().encode(new Item(HEAT, "Heat", Map.of(), Map.of("genre", List.of(genre))));
  }

  private static void await(Callable<Boolean> met) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(met);
  }

  /** One that is away at first. */
  private static final class Registry implements WriterSchemas {
    private static final long serialVersionUID = 1;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean answers;

    @Override
    public String source() {
      return "a registry";
    }

    @Override
    public Optional<Registered> find(int id) {
      asked.incrementAndGet();
      return answers
          ? Optional.empty()
          : SchemaRegistry.of(URI.create("http://127.0.0.1:1"), Optional.empty(), Optional.empty())
              .withoutWaiting()
              .find(id);
    }
  }
}
