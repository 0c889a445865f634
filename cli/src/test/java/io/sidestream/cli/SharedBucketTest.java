package io.sidestream.cli;

import static io.sidestream.cli.CommandRun.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.chaos.SmallTraining;
import io.sidestream.cli.produce.EventProducer;
import io.sidestream.client.Connection;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.index.IndexApplication;
import io.sidestream.index.IndexConfig;
import io.sidestream.ingest.IngestApplication;
import io.sidestream.ingest.IngestConfig;
import io.sidestream.ingest.coding.CodingStatus;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.fixtures.S3Server;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.trainer.TrainerApplication;
import io.sidestream.trainer.TrainerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three applications that share no directory, and one bucket. Texts are encoded by a tiny
 * multilingual folder in Hugging Face layout, after a prompt; the generator of the second
 * generation comes from one, too.
 */
@SuppressWarnings("try") // the applications are there to run, not to be called
class SharedBucketTest {
  private static final SampleSize SIZE = new SampleSize(80, 40, 4, 1_600);
  private static final String ENOUGH = "100"; // results: as many as there are items
  private static final Path MODELS =
      Path.of("../learning/src/test/resources/golden/huggingface").toAbsolutePath().normalize();
  private static final Map<String, String> ENCODER =
      Map.of(
          "trainer.encoder.model",
          MODELS.resolve("xlm-roberta").toString(),
          "trainer.encoder.model.prompt",
          "query:");
  private static final Map<String, String> GENERATOR =
      Map.of(
          "trainer.generator.model",
          MODELS.resolve("t5-gated").toString(),
          "trainer.generator.epochs",
          "2");
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir Path directory;

  private String bootstrapServers = "";

  @Test
  void run_oneBucketAndNoSharedDirectory_findsNewItemsSwapsAndHeals() throws Exception {
    Path buckets = directory.resolve("buckets");
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0)) {
      bootstrapServers = broker.bootstrapServers();
      run(0, "topics", "create", "--bootstrap-servers", bootstrapServers);
      try (S3Server server = S3Server.start(buckets, 0)) {
        trainTwice(server);
      }
      Path moved = Files.move(buckets, directory.resolve("moved"));
      heal(moved);
    }
  }

  private void trainTwice(S3Server server) throws Exception {
    Connection connection = Connection.of(settings("producer", server.settings()));
    try (EventProducer events = EventProducer.open(connection, Clock.systemUTC())) {
      events.produce(new SampleCatalogue(5, SIZE).dataset(), EventProducer.Progress.NONE);
    }
    try (IngestApplication ingest = ingest(server.settings());
        IndexApplication index = index("index", server.settings())) {
      Map<String, String> encoder = with(server.settings(), ENCODER);
      try (TrainerApplication trainer = trainer(encoder)) {
        awaitServing(index, 1);
        produceRow();
        awaitFound("voyage to Zanzibar", "10");
      }
      try (TrainerApplication trainer = trainer(with(encoder, GENERATOR))) {
        run(0, "retrain", "--bootstrap-servers", bootstrapServers);
        awaitServing(index, 2);
        awaitFound("voyage to Zanzibar", ENOUGH);
      }
    }
    assertTrue(Files.exists(server.file("staging/default/generation-000002/manifest.json")));
    assertFalse(Files.exists(directory.resolve("index/bundles/default/staging")));
  }

  private TrainerApplication trainer(Map<String, String> settings) throws IOException {
    return TrainerApplication.start(
        TrainerConfig.from(settings("trainer", settings)), TrainingProgress.NONE);
  }

  private static Map<String, String> with(Map<String, String> settings, Map<String, String> more) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.putAll(more);
    return changed;
  }

  /** All with empty caches, the store at another place, and not there at first. */
  private void heal(Path moved) throws Exception {
    int port;
    Map<String, String> settings;
    try (S3Server free = S3Server.start(moved, 0)) {
      port = free.port();
      settings = free.settings();
    }
    Map<String, String> emptied =
        with(settings, Map.of("bundles.cache.dir", directory.resolve("other-ingest").toString()));
    try (IngestApplication ingest = ingest(emptied);
        IndexApplication index = index("other-index", settings)) {
      produce("samarkand", "Road to Samarkand");
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> CodingStatus.bundleFetchFailures() > 0 && CodingStatus.uncodedItems() > 0);
      assertEquals(Optional.empty(), index.servingGeneration());
      assertFalse(index.isReady());
      try (S3Server server = S3Server.start(moved, port)) {
        awaitServing(index, 2);
        awaitFound("road to Samarkand", ENOUGH);
        Awaitility.await().atMost(LIMIT).until(() -> CodingStatus.uncodedItems() == 0);
      }
    }
  }

  private IngestApplication ingest(Map<String, String> store) throws Exception {
    return IngestApplication.start(IngestConfig.from(settings("ingest", store)));
  }

  private IndexApplication index(String name, Map<String, String> store) throws Exception {
    return IndexApplication.start(IndexConfig.from(settings(name, store)));
  }

  private static void awaitServing(IndexApplication index, long generation) {
    Optional<Generation> expected = Optional.of(new Generation(generation));
    Awaitility.await().atMost(LIMIT).until(() -> index.servingGeneration().equals(expected));
  }

  private void awaitFound(String title, String results) {
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () ->
                run(0, "search", title, "-k", results, "--bootstrap-servers", bootstrapServers)
                    .toLowerCase(Locale.ROOT)
                    .contains(title.toLowerCase(Locale.ROOT)));
  }

  /** A row of a table, in the form of Debezium and Kafka Connect's JSON converter. */
  private void produceRow() throws Exception {
    produce(
        "{\"id\":4}",
        """
        {"id":4,"title":"Voyage to Zanzibar","texts":"{\\"plot\\": \\"A heist.\\"}",\
        "attributes":"{\\"stock\\": true}","price":"A94="}\
        """
            .getBytes(StandardCharsets.UTF_8));
  }

  private void produce(String id, String title) throws Exception {
    Item item = new Item(new ItemId(id), title, Map.of(), Map.of());
    produce(id, Codecs.item().encode(item));
  }

  private void produce(String key, byte[] value) throws Exception {
    Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.DEFAULT.items().name(), key.getBytes(StandardCharsets.UTF_8), value))
          .get();
    }
  }

  /** Every directory of a process is its own. */
  private Settings settings(String process, Map<String, String> store) {
    Path own = directory.resolve(process);
    Map<String, String> settings = new HashMap<>(SmallTraining.requestedAfter(1_600));
    settings.put("kafka.bootstrap.servers", bootstrapServers);
    settings.put("bundles.cache.dir", own.resolve("bundles").toString());
    settings.put("ingest.checkpoint.dir", own.resolve("checkpoints").toString());
    settings.put("trainer.dir", own.resolve("work").toString());
    settings.put("index.dir", own.resolve("rocks").toString());
    settings.putAll(store);
    return Settings.load(Optional.empty(), Map.of(), Map.of(), settings);
  }
}
