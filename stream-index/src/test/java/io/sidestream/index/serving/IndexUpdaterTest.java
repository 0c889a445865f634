package io.sidestream.index.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.index.store.AssignmentStore;
import io.sidestream.index.store.SmallDisk;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.CodedItemKey;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Announcements and coded items on Kafka's own in-memory consumer. */
class IndexUpdaterTest {
  private static final String GENERATIONS = Topics.DEFAULT.generations().name();
  private static final String CODED_ITEMS = Topics.DEFAULT.codedItems().name();
  private static final int BATCH = 64; // one MiB
  private static final int BATCHES = 90; // more than the space that RocksDB took already
  private static final long CHANGES = BATCH * BATCHES;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir Path root;

  private final TinyGeneration first = new TinyGeneration(1, "a", "b");
  private final TinyGeneration second = new TinyGeneration(2, "a", "b", "c");
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Serving serving = new Serving();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private long announcements;

  @Tag("F16")
  @Test
  void f16_fullDisk_rollsBackMeanwhileAndThenTakesEachChange() throws Exception {
    topic(GENERATIONS, 0);
    topic(CODED_ITEMS, CHANGES);
    try (SmallDisk disk = SmallDisk.mount(root.resolve("disk"));
        AssignmentStore store = AssignmentStore.open(disk.directory().resolve("rocksdb"));
        IndexUpdater updater = updater(store)) {
      announce(first, GenerationState.LIVE);
      updater.start();
      awaitServing(1);
      announce(second, GenerationState.LIVE);
      awaitServing(2);

      disk.fill();
      for (int batch = 0; batch < BATCHES; batch++) {
        change(batch);
      }
      await().atMost(LIMIT).until(() -> failedWrites() > 0);
      announce(first, GenerationState.LIVE);
      announce(second, GenerationState.RETIRED);
      awaitServing(1);
      assertTrue(store.nextOffsets().getOrDefault(0, 0L) < CHANGES, "the changes wait");
      assertFalse(store.items(new Generation(2)).isEmpty(), "the disk takes no deletion");
      assertFalse(updater.isCaughtUp());

      disk.free();
      await().atMost(LIMIT).until(() -> store.nextOffsets().equals(Map.of(0, CHANGES)));
      await().atMost(LIMIT).until(updater::isCaughtUp);
      assertEquals(BATCH, store.changes(new Generation(3)).size());
      await().atMost(LIMIT).until(() -> store.items(new Generation(2)).isEmpty());
      assertEquals(List.of(), failures);
    }
  }

  private double failedWrites() {
    return registry.counter("sidestream.store.write.failures").count();
  }

  private void awaitServing(long number) {
    await()
        .atMost(LIMIT)
        .until(() -> serving.generation().equals(Optional.of(new Generation(number))));
  }

  private IndexUpdater updater(AssignmentStore store) {
    return new IndexUpdater(
        consumer,
        Topics.DEFAULT,
        announced -> load(announced, store),
        store,
        serving,
        new ItemAdmission(1_000, registry),
        registry,
        Duration.ofMillis(50),
        Duration.ZERO,
        failures::add);
  }

  private LoadedGeneration load(GenerationAnnouncement announced, AssignmentStore store)
      throws IOException {
    return (announced.generation().number() == 1 ? first : second).load(store);
  }

  private void topic(String name, long end) {
    TopicPartition partition = new TopicPartition(name, 0);
    Node node = new Node(0, "localhost", 9092);
    consumer.updatePartitions(
        name, List.of(new PartitionInfo(name, 0, node, new Node[] {node}, new Node[] {node})));
    consumer.updateBeginningOffsets(Map.of(partition, 0L));
    consumer.updateEndOffsets(Map.of(partition, end));
  }

  private void announce(TinyGeneration generation, GenerationState state) {
    byte[] value = Codecs.generationAnnouncement().encode(generation.announced(state));
    long offset = announcements++;
    ConsumerRecord<byte[], byte[]> row =
        new ConsumerRecord<>(GENERATIONS, 0, offset, new byte[] {1}, value);
    consumer.schedulePollTask(() -> consumer.addRecord(row));
  }

  /** The same items each time, of a generation that is not announced yet. */
  private void change(int batch) {
    Random random = new Random(batch);
    List<ConsumerRecord<byte[], byte[]>> rows = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      float[] vector = new float[(1 << 18) / BATCH];
      for (int d = 0; d < vector.length; d++) {
        vector[d] = random.nextFloat();
      }
      CodedItemKey key = new CodedItemKey(new Generation(3), new ItemId("item " + i));
      SemanticId id = new SemanticId(key.generation(), new int[] {1, 2});
      CodedItem coded = new CodedItem(key.item(), id, vector, Optional.empty());
      rows.add(
          new ConsumerRecord<>(
              CODED_ITEMS,
              0,
              (long) batch * BATCH + i,
              key.toString().getBytes(UTF_8),
              Codecs.codedItem().encode(coded)));
    }
    consumer.schedulePollTask(() -> rows.forEach(consumer::addRecord));
  }
}
