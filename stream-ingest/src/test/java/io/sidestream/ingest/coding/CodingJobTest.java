package io.sidestream.ingest.coding;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.ingest.KafkaFixture;
import io.sidestream.ingest.cluster.JobSettings;
import io.sidestream.ingest.cluster.LocalCluster;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodingJobTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int CORPUS_ITEMS = 6;

  @TempDir Path directory;

  @Test
  void run_realBundles_codesWhatCameAfterEachCorpus() throws Exception {
    try (KafkaFixture kafka = KafkaFixture.start(directory);
        OpenGeneration first = open(publish(1));
        OpenGeneration third = open(publish(3));
        LocalCluster cluster = LocalCluster.start(settings(), 1)) {
      CorpusOffsets corpus = produceCorpus(kafka);
      cluster.submit(
          CodingJob.NAME,
          environment -> CodingJob.wire(environment, kafka.connectors(), TOPICS, store(), 1));
      announce(kafka, first, first.manifestSha256(), corpus);
      Item added = TinyGeneration.item(20);
      produce(kafka, added);
      awaitKeys(kafka, "1/film-00020");

      Item changed = new Item(TinyGeneration.itemId(1), "a new title", Map.of(), Map.of());
      produce(kafka, changed);
      kafka.send(TOPICS.items(), "film-00002", null);
      kafka.send(TOPICS.items(), "poison", "not avro".getBytes(StandardCharsets.UTF_8));
      awaitKeys(kafka, "1/film-00001", "1/film-00002", "1/film-00020");

      publish(2);
      announce(kafka, 2, "f".repeat(64), corpus);
      announce(kafka, third, third.manifestSha256(), corpus);
      awaitKeys(
          kafka,
          "1/film-00001",
          "1/film-00002",
          "1/film-00020",
          "3/film-00001",
          "3/film-00002",
          "3/film-00020");

      Map<String, Optional<CodedItem>> coded = coded(kafka);
      assertCoded(first, added, coded);
      assertCoded(first, changed, coded);
      assertCoded(third, added, coded);
      assertCoded(third, changed, coded);
      assertTrue(coded.get("1/film-00002").isEmpty(), "a tombstone for the item removed");
      assertTrue(coded.get("3/film-00002").isEmpty(), "a tombstone in the later generation too");
      await().atMost(TIMEOUT).until(() -> kafka.committed("items.rejected", 1).size() == 1);
    }
  }

  @Test
  void run_bundleArrivesAfterItsAnnouncement_codesWhatWaited() throws Exception {
    try (KafkaFixture kafka = KafkaFixture.start(directory);
        LocalCluster cluster = LocalCluster.start(settings(), 1)) {
      CorpusOffsets corpus = produceCorpus(kafka);
      Path elsewhere = publish(1);
      try (OpenGeneration first = open(elsewhere)) {
        Path later = directory.resolve("later");
        Files.move(elsewhere, later);
        cluster.submit(
            CodingJob.NAME,
            environment -> CodingJob.wire(environment, kafka.connectors(), TOPICS, store(), 1));
        produce(kafka, TinyGeneration.item(20));
        announce(kafka, first, first.manifestSha256(), corpus);
        produce(kafka, TinyGeneration.item(21));
        await().atMost(TIMEOUT).until(() -> CodingStatus.uncodedItems() == 2);
        assertEquals(
            Map.of(new Generation(1), "generation 1: not found in " + store().location()),
            CodingStatus.unopenedGenerations());

        Files.move(later, elsewhere);
        awaitKeys(kafka, "1/film-00020", "1/film-00021");
        await().atMost(TIMEOUT).until(() -> CodingStatus.uncodedItems() == 0);
        assertEquals(Map.of(), CodingStatus.unopenedGenerations());
      }
    }
  }

  private static void assertCoded(
      OpenGeneration generation, Item item, Map<String, Optional<CodedItem>> coded) {
    CodedItem expected = generation.code(item, generation.collaborative(item.id()));
    CodedItem found = coded.get(generation.generation() + "/" + item.id()).orElseThrow();
    assertEquals(expected.id(), found.id());
    assertArrayEquals(expected.vector(), found.vector());
  }

  private static void awaitKeys(KafkaFixture kafka, String... keys) {
    await().atMost(TIMEOUT).until(() -> coded(kafka).keySet(), Set.of(keys)::equals);
  }

  private static Map<String, Optional<CodedItem>> coded(KafkaFixture kafka) throws Exception {
    Map<String, Optional<CodedItem>> coded = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.committed(TOPICS.codedItems())) {
      coded.put(
          KafkaFixture.text(record.key()),
          record.value() == null
              ? Optional.empty()
              : Optional.of(Codecs.codedItem().decode(record.value())));
    }
    return coded;
  }

  private static CorpusOffsets produceCorpus(KafkaFixture kafka) throws Exception {
    Map<Integer, Long> ends = new HashMap<>();
    for (int number = 0; number < CORPUS_ITEMS; number++) {
      RecordMetadata written = produce(kafka, TinyGeneration.item(number));
      ends.put(written.partition(), written.offset() + 1);
    }
    return new CorpusOffsets(Map.of(TOPICS.items().name(), ends));
  }

  private static RecordMetadata produce(KafkaFixture kafka, Item item) throws Exception {
    return kafka.send(TOPICS.items(), item.id().value(), Codecs.item().encode(item));
  }

  private static void announce(
      KafkaFixture kafka, OpenGeneration open, String manifestSha256, CorpusOffsets corpus)
      throws Exception {
    long number = open.generation().number();
    announce(kafka, number, manifestSha256, corpus);
  }

  private static void announce(
      KafkaFixture kafka, long number, String manifestSha256, CorpusOffsets corpus)
      throws Exception {
    GenerationAnnouncement announcement =
        new GenerationAnnouncement(
            new Generation(number),
            GenerationState.CANDIDATE,
            "published",
            manifestSha256,
            Optional.empty(),
            corpus,
            Map.of(),
            Instant.EPOCH);
    kafka.send(
        TOPICS.generations(),
        Long.toString(number),
        Codecs.generationAnnouncement().encode(announcement));
  }

  private Path publish(long number) throws Exception {
    return new TinyGeneration(new Generation(number), CORPUS_ITEMS, number)
        .publish(directory.resolve("generations"));
  }

  private BundleStoreConfig store() {
    return BundleStoreConfig.directory(directory.resolve("generations"));
  }

  private static OpenGeneration open(Path bundle) throws Exception {
    return BundleReader.open(bundle, OnnxSessions.cpu(1));
  }

  private JobSettings settings() {
    return new JobSettings(directory.resolve("checkpoints").toUri(), Duration.ofMillis(500), 2);
  }
}
