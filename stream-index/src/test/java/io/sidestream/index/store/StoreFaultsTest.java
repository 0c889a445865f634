package io.sidestream.index.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.SemanticId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** A disk that is full, and files whose bytes changed. */
class StoreFaultsTest {
  private static final Generation FIRST = new Generation(1);
  private static final String HASH = "a".repeat(64);
  private static final int ITEMS = 2_000;
  private static final int BATCH = 64;
  private static final int BATCHES = 90;

  @TempDir Path root;

  @Tag("F19")
  @Test
  void f19_flippedBitInTheIndex_isFoundAtTheStart_andTheStoreIsRebuilt() throws Exception {
    Path directory = root.resolve("rocksdb");
    try (AssignmentStore store = AssignmentStore.open(directory)) {
      store.ingest(FIRST, HASH, assignments());
      store.apply(List.of(change("new")), Map.of(0, 5L));
    }
    Path table = tables(directory).get(0);
    byte[] bytes = Files.readAllBytes(table);
    bytes[bytes.length / 3] ^= 1;
    Files.write(table, bytes);
    try (AssignmentStore store = AssignmentStore.open(directory)) {
      assertEquals(Map.of(), store.nextOffsets(), "coded items are read from the beginning");
      assertTrue(store.items(FIRST).isEmpty());
      assertTrue(store.ingest(FIRST, HASH, assignments()), "the bundle is written again");
      assertEquals(ITEMS, store.items(FIRST).size());
    }
    assertFalse(tables(root.resolve("rocksdb.broken")).isEmpty());
  }

  @Tag("F19")
  @Test
  void f19_missingOrGarbledFiles_areFoundAtTheStart_andTheStoreIsRebuilt() throws Exception {
    Path directory = root.resolve("rocksdb");
    for (String damage : List.of("table", "CURRENT", "MANIFEST")) {
      try (AssignmentStore store = AssignmentStore.open(directory)) {
        store.ingest(FIRST, HASH, assignments());
      }
      damage(directory, damage);
      try (AssignmentStore store = AssignmentStore.open(directory)) {
        assertTrue(store.ingest(FIRST, HASH, assignments()), damage);
      }
    }
  }

  @Tag("F19")
  @Test
  void f19_neighboursWithoutTheirFiles_areRebuilt() throws Exception {
    Path directory = root.resolve("neighbours");
    try (NeighbourStore store = NeighbourStore.open(directory, 10, 10)) {
      store.apply(Map.of(), Map.of(0, 3L));
    }
    damage(directory, "CURRENT");
    try (NeighbourStore store = NeighbourStore.open(directory, 10, 10)) {
      assertEquals(Map.of(), store.nextOffsets());
    }
  }

  @Tag("F19")
  @Test
  void f19_clicksWithoutTheirFiles_areRebuilt() throws Exception {
    Path directory = root.resolve("clicks");
    try (ClickStore store = ClickStore.open(directory)) {
      store.apply(Map.of(), Map.of(0, 3L));
    }
    damage(directory, "CURRENT");
    try (ClickStore store = ClickStore.open(directory)) {
      assertEquals(Map.of(), store.nextOffsets());
    }
  }

  @Tag("F19")
  @Test
  void f19_flippedBitUnderKafkaStreams_setsItsTaskAsideAndNoOther() throws Exception {
    Path streams = root.resolve("streams");
    Path broken = streams.resolve("app/1_2");
    Path whole = streams.resolve("app/1_3");
    for (Path task : List.of(broken, whole)) {
      streamsStore(task.resolve("rocksdb/histories"));
      Files.writeString(task.resolve(".checkpoint"), "offsets");
    }
    StreamsStores.setAsideBroken(streams);
    assertTrue(Files.exists(broken), "nothing is broken yet");

    Path table = tables(broken.resolve("rocksdb/histories")).get(0);
    byte[] bytes = Files.readAllBytes(table);
    bytes[bytes.length / 3] ^= 1;
    Files.write(table, bytes);
    StreamsStores.setAsideBroken(streams);

    assertFalse(Files.exists(broken), "it is restored from its changelog, from the beginning");
    assertTrue(Files.exists(root.resolve("streams.broken/1_2/.checkpoint")));
    assertTrue(Files.exists(whole.resolve(".checkpoint")));
    StreamsStores.setAsideBroken(root.resolve("absent"));
  }

  @Tag("F19")
  @Test
  void f19_filesUnderKafkaStreamsThatAreNotWhole_setTheirTaskAside() throws Exception {
    for (String file : List.of("CURRENT", "MANIFEST")) {
      for (String left : List.of("absent", "empty", "garbage")) {
        Path streams = root.resolve("streams " + file + left);
        Path store = streams.resolve("app/1_2/rocksdb/histories");
        streamsStore(store);
        leave(store, file, left);
        StreamsStores.setAsideBroken(streams);
        assertFalse(Files.exists(streams.resolve("app/1_2")), file + " is " + left);
      }
    }
    Path made = root.resolve("made");
    Files.createDirectories(made.resolve("app/1_2/rocksdb/histories"));
    StreamsStores.setAsideBroken(made);
    assertFalse(Files.exists(made.resolve("app/1_2")), "a directory without any file");
  }

  private static void leave(Path store, String name, String what) throws IOException {
    try (Stream<Path> files = Files.list(store)) {
      for (Path file :
          files.filter(each -> each.getFileName().toString().startsWith(name)).toList()) {
        if (what.equals("absent")) {
          Files.delete(file);
        } else {
          Files.writeString(file, what.equals("empty") ? "" : "garbage");
        }
      }
    }
  }

  private static void streamsStore(Path directory) throws Exception {
    Files.createDirectories(directory);
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB db = RocksDB.open(options, directory.toString());
        FlushOptions flush = new FlushOptions().setWaitForFlush(true)) {
      for (int i = 0; i < ITEMS; i++) {
        db.put(("user-" + i).getBytes(UTF_8), new byte[100]);
      }
      db.flush(flush);
    }
  }

  @Tag("F16")
  @Test
  void f16_fullDisk_changesWaitAndReadsGoOn() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    AtomicBoolean stopping = new AtomicBoolean();
    RetryDelays soon = new RetryDelays(Duration.ofMillis(50), Duration.ofSeconds(1));
    try (SmallDisk disk = SmallDisk.mount(root.resolve("disk"));
        AssignmentStore store = AssignmentStore.open(disk.directory().resolve("rocksdb"))) {
      store.ingest(FIRST, HASH, assignments());
      disk.fill();
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                StoreWrites writes = new StoreWrites(soon, registry, stopping::get);
                for (int i = 0; i < BATCHES; i++) { // more than the space that RocksDB took already
                  int offset = i;
                  writes.untilDone(() -> store.apply(changes(offset), Map.of(0, offset + 1L)));
                }
              });
      while (registry.counter("sidestream.store.write.failures").count() < 2) {
        assertFalse(writing.isDone(), "a full disk takes no changes");
        Thread.sleep(10);
      }
      assertTrue(store.find(FIRST, item(7)).isPresent());
      disk.free();
      try {
        writing.get(60, TimeUnit.SECONDS);
      } finally {
        stopping.set(true);
        writing.join();
      }
      assertEquals(Map.of(0, (long) BATCHES), store.nextOffsets());
      assertEquals(ITEMS + BATCH, store.items(FIRST).size());
    } finally {
      stopping.set(true);
    }
  }

  private static void damage(Path directory, String what) throws IOException {
    if (what.equals("table")) {
      Files.delete(tables(directory).get(0));
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(what)) {
          Files.writeString(file, "garbage");
        }
      }
    }
  }

  private static List<Path> tables(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".sst")).toList();
    }
  }

  private static ItemId item(int number) {
    return new ItemId(String.format("item-%05d", number));
  }

  /** One MiB of the same items each time. */
  private static List<CodedChange> changes(int seed) {
    Random random = new Random(seed);
    return IntStream.range(0, BATCH)
        .mapToObj(
            number -> {
              float[] vector = new float[(1 << 18) / BATCH];
              for (int d = 0; d < vector.length; d++) {
                vector[d] = random.nextFloat();
              }
              return CodedChange.upserted(
                  new CodedItem(
                      new ItemId("new " + number),
                      new SemanticId(FIRST, new int[] {1, 2}),
                      vector,
                      Optional.empty()));
            })
        .toList();
  }

  private static CodedChange change(String item) {
    return CodedChange.upserted(
        new CodedItem(
            new ItemId(item),
            new SemanticId(FIRST, new int[] {1, 2}),
            new float[64],
            Optional.empty()));
  }

  private static Assignments assignments() {
    int[][] codes = new int[ITEMS][2];
    float[][] vectors = new float[ITEMS][8];
    return new Assignments(
        IntStream.range(0, ITEMS).mapToObj(StoreFaultsTest::item).toList(),
        codes,
        vectors,
        new float[ITEMS][1],
        new float[ITEMS],
        new float[ITEMS]);
  }
}
