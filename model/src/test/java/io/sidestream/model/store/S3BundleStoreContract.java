package io.sidestream.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.bundle.BundleException;
import io.sidestream.model.bundle.BundleNotFoundException;
import io.sidestream.model.resources.Hashes;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a store in a bucket does, on whatever server. */
abstract class S3BundleStoreContract extends BundleStoreContract {
  private final List<BundleStore> others = new ArrayList<>();

  /** How the bucket is reached; a prefix of its own for each test. */
  abstract BundleStoreConfig config(String cache);

  @Override
  BundleStore open() {
    return BundleStore.of(config("cache"));
  }

  private BundleStore other(String cache) {
    BundleStore other = BundleStore.of(config(cache));
    others.add(other);
    return other;
  }

  @AfterEach
  void closeOthers() throws Exception {
    others.forEach(BundleStore::close);
    try (S3Objects objects = S3Objects.of(config("cache"))) {
      objects.deleteAll("");
    }
  }

  @Override
  void corrupt(Generation generation, String file) throws Exception {
    Path copy = directory.resolve("changed");
    try (S3Objects objects = S3Objects.of(config("cache"))) {
      objects.download(generation.directoryName() + "/" + file, copy);
      flip(copy);
      objects.upload(copy, generation.directoryName() + "/" + file);
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  @Override
  void lose(Generation generation, String file) throws Exception {
    try (S3Objects objects = S3Objects.of(config("cache"))) {
      objects.delete(generation.directoryName() + "/" + file);
    }
  }

  private Set<String> copies(String cache) throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve(cache).resolve("copies"))) {
      Set<String> names = new HashSet<>();
      entries.map(path -> path.getFileName().toString()).forEach(names::add);
      names.remove(".lock");
      return names;
    }
  }

  @Test
  void fetch_onAnotherMachine_hasACopyOfItsOwn() throws Exception {
    String sha256 = publish(store, FIRST);

    Path copy = other("elsewhere").fetch(FIRST, sha256);

    assertTrue(copy.startsWith(directory.resolve("elsewhere")), copy.toString());
    assertEquals(Set.of("generation-000001." + sha256.substring(0, 16)), copies("elsewhere"));
  }

  @Test
  void fetch_moreThanTheCacheKeeps_evictsTheLeastRecentlyUsed() throws Exception {
    List<String> hashes = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      hashes.add(publish(store, new Generation(number)));
    }
    store.fetch(FIRST, hashes.get(0));
    store.fetch(SECOND, hashes.get(1));
    store.fetch(FIRST, hashes.get(0));
    store.fetch(new Generation(3), hashes.get(2));

    assertEquals(
        Set.of(
            "generation-000001." + hashes.get(0).substring(0, 16),
            "generation-000003." + hashes.get(2).substring(0, 16)),
        copies("cache"));
    assertTrue(Files.exists(store.fetch(SECOND, hashes.get(1)).resolve("manifest.json")));
  }

  @Test
  void fetch_deletedFromTheBucket_isServedFromTheCopy() throws Exception {
    String sha256 = publish(store, FIRST);
    Path copy = store.fetch(FIRST, sha256);
    store.delete(FIRST);

    assertEquals(copy, store.fetch(FIRST, sha256));
  }

  @Test
  void open_corruptCopy_isFetchedAgain() throws Exception {
    String sha256 = publish(store, FIRST);
    Path copy = store.fetch(FIRST, sha256);
    flip(copy.resolve("encoder.onnx"));

    new GenerationOpener(store, SESSIONS, FetchListener.NONE).open(FIRST, sha256).close();
  }

  @Test
  void fetch_afterACrashWhileFetching_deletesTheLeftover() throws Exception {
    String sha256 = publish(store, FIRST);
    Path left = directory.resolve("cache/copies/.generation-000001.0123456789abcdef.fetching");
    Files.createDirectories(left);
    Files.writeString(left.resolve("encoder.onnx"), "half");

    store.fetch(FIRST, sha256);

    assertFalse(Files.exists(left));
  }

  @Test
  void fetch_fails_leavesNothing() throws Exception {
    String sha256 = publish(store, FIRST);
    corrupt(FIRST, "generator.onnx");

    assertThrows(IOException.class, () -> store.fetch(FIRST, sha256));
    assertEquals(Set.of(), copies("cache"));
  }

  @Test
  void fetch_byManyAtOnce_givesOneCopy() throws Exception {
    String sha256 = publish(store, FIRST);
    BundleStore second = other("cache");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Path>> copies = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      BundleStore one = i % 2 == 0 ? store : second;
      copies.add(threads.submit(() -> one.fetch(FIRST, sha256)));
    }
    Set<Path> found = new HashSet<>();
    for (Future<Path> copy : copies) {
      found.add(copy.get());
    }
    threads.shutdown();

    assertEquals(1, found.size());
    assertEquals(1, copies("cache").size());
  }

  @Test
  void fetch_manifestNamesAFileElsewhere_touchesNone() throws Exception {
    String sha256 = publish(store, FIRST);
    Path others = Files.createDirectories(directory.resolve("cache/copies")).resolve("others");
    Files.writeString(others, "of another program");
    String changed = changeManifest(text -> text.replace("encoder.onnx", "../others"));

    String message =
        assertThrows(BundleException.class, () -> store.fetch(FIRST, changed)).getMessage();
    assertTrue(message.startsWith("generation 1: manifest names files [../others, "), message);
    message = assertThrows(BundleException.class, () -> store.fetch(FIRST, sha256)).getMessage();
    assertTrue(message.startsWith("generation 1: manifest.json has sha256 "), message);
    assertEquals("of another program", Files.readString(others));
  }

  private String changeManifest(UnaryOperator<String> change) throws Exception {
    Path copy = directory.resolve("changed");
    try (S3Objects objects = S3Objects.of(config("cache"))) {
      String name = FIRST.directoryName() + "/manifest.json";
      objects.download(name, copy);
      Files.writeString(copy, change.apply(Files.readString(copy)));
      objects.upload(copy, name);
    }
    return Hashes.sha256(copy);
  }

  @Test
  void publish_afterAHalfUpload_isNeverFoundUntilWhole() throws Exception {
    publish(store, FIRST);
    lose(FIRST, "manifest.json");
    assertEquals(List.of(), store.generations());
    assertThrows(BundleNotFoundException.class, () -> store.fetch(FIRST, "0".repeat(64)));

    String sha256 = publish(store, FIRST);

    store.fetch(FIRST, sha256);
    assertEquals(List.of(FIRST), store.generations());
  }
}
