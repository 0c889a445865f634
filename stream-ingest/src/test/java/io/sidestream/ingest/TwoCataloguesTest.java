package io.sidestream.ingest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.TopicPolicy;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.TrainingRequest;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two catalogues count on one broker, with one checkpoint directory. */
@SuppressWarnings("try") // the applications are there to run, not to be called
class TwoCataloguesTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int EVENTS = 6;
  private static final Topics PLAIN = Topics.DEFAULT;
  private static final Topics FILMS = Topics.of(new Namespace("", "films"), TopicPolicy.DEFAULT);

  @TempDir Path directory;

  @Test
  void run_sameUserAndItemsInBoth_eachCountsItsOwnAcrossARestart() throws Exception {
    try (KafkaFixture kafka = KafkaFixture.start(directory)) {
      kafka.create(FILMS);
      try (IngestApplication plain = IngestApplication.start(config(kafka, PLAIN));
          IngestApplication films = IngestApplication.start(config(kafka, FILMS))) {
        interact(kafka, PLAIN, "plain", 0, EVENTS);
        interact(kafka, FILMS, "films", 0, EVENTS / 2);
        await().atMost(TIMEOUT).until(() -> counts(kafka, FILMS).size() == EVENTS / 2 - 1);
      }
      try (IngestApplication films = IngestApplication.start(config(kafka, FILMS));
          IngestApplication plain = IngestApplication.start(config(kafka, PLAIN))) {
        interact(kafka, FILMS, "films", EVENTS / 2, EVENTS);
        await().atMost(TIMEOUT).until(() -> requests(kafka, PLAIN).equals(Set.of("default")));
        await().atMost(TIMEOUT).until(() -> requests(kafka, FILMS).equals(Set.of("films")));
      }
      assertOwnPairsOnce(counts(kafka, PLAIN), "plain");
      assertOwnPairsOnce(counts(kafka, FILMS), "films");
      assertNames(kafka);
    }
  }

  /** Each event makes one pair, with the one before. */
  private static void assertOwnPairsOnce(Map<String, Long> counts, String catalogue) {
    assertEquals(EVENTS - 1, counts.size(), counts::toString);
    counts.forEach(
        (pair, count) -> {
          assertEquals(1, count, pair);
          assertEquals(2, pair.split(catalogue, -1).length - 1, pair);
        });
  }

  private void assertNames(KafkaFixture kafka) throws Exception {
    Set<String> groups = new TreeSet<>(); // the coding job commits no offsets without items
    Set<String> transactions;
    try (Admin admin = kafka.admin()) {
      admin.listGroups().all().get().stream().map(GroupListing::groupId).forEach(groups::add);
      transactions =
          admin.listTransactions().all().get().stream()
              .map(TransactionListing::transactionalId)
              .map(id -> id.replaceAll("-\\d.*", ""))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    assertEquals(
        twice("sidestream-ingest-pair-counts", "sidestream-ingest-training-requests"), groups);
    assertEquals(
        twice(
            "sidestream-ingest-pair-counts-totals",
            "sidestream-ingest-pair-counts-rejected",
            "sidestream-ingest-training-requests-requests",
            "sidestream-ingest-training-requests-rejected"),
        transactions);
    try (Stream<Path> jobs = Files.list(directory.resolve("checkpoints"))) {
      assertEquals(
          twice("pair-counts", "training-requests", "coding"),
          jobs.map(path -> path.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  private static Set<String> twice(String... plain) {
    Set<String> names = new TreeSet<>();
    for (String name : plain) {
      names.add(name);
      names.add("films." + name);
    }
    return names;
  }

  private static void interact(
      KafkaFixture kafka, Topics topics, String catalogue, int from, int to) throws Exception {
    for (int item = from; item < to; item++) {
      Interaction interaction =
          new Interaction(
              new UserId("ann"),
              new ItemId(catalogue + " " + item),
              "view",
              1,
              Instant.ofEpochMilli(1));
      kafka.send(topics.interactions(), "ann", Codecs.interaction().encode(interaction));
    }
  }

  private static Map<String, Long> counts(KafkaFixture kafka, Topics topics) throws Exception {
    Map<String, Long> counts = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.committed(topics.pairCounts())) {
      PairCount count = Codecs.pairCount().decode(record.value());
      counts.put(KafkaFixture.text(record.key()), count.total());
    }
    return counts;
  }

  private static Set<String> requests(KafkaFixture kafka, Topics topics) throws Exception {
    Set<String> catalogues = new TreeSet<>();
    for (ConsumerRecord<byte[], byte[]> record : kafka.committed(topics.trainingRequests())) {
      TrainingRequest request = Codecs.trainingRequest().decode(record.value());
      assertEquals(
          topics.corpus().stream().map(topic -> topic.name()).collect(Collectors.toSet()),
          request.corpus().ends().keySet());
      catalogues.add(request.catalogue());
    }
    return catalogues;
  }

  private IngestConfig config(KafkaFixture kafka, Topics topics) {
    return IngestConfig.from(
        Settings.of(
            Map.of(
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "catalogue", topics.namespace().catalogue(),
                "ingest.checkpoint.dir", directory.resolve("checkpoints").toString(),
                "ingest.checkpoint.interval", "1s",
                "ingest.parallelism", "1",
                "ingest.admin.port", "0",
                "ingest.window.items", "1",
                "ingest.trigger.events", Integer.toString(EVENTS),
                "ingest.trigger.min.interval", "0s",
                "ingest.trigger.uncoded.share", "0")));
  }
}
