package io.sidestream.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sidestream.model.bundle.BundleNotFoundException;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.schemas.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DirectoryBundleStoreTest extends BundleStoreContract {
  @Override
  BundleStore open() {
    return BundleStore.of(BundleStoreConfig.directory(directory.resolve("store")));
  }

  private Path file(Generation generation, String name) {
    return Path.of(store.location()).resolve(generation.directoryName()).resolve(name);
  }

  @Override
  void corrupt(Generation generation, String file) throws Exception {
    byte[] bytes = Files.readAllBytes(file(generation, file));
    bytes[bytes.length - 1] ^= 1;
    Files.write(file(generation, file), bytes);
  }

  @Override
  void lose(Generation generation, String file) throws Exception {
    Files.delete(file(generation, file));
  }

  @Test
  void fetch_moved_isFoundInItsNewPlace() throws Exception {
    String sha256 = publish(store, FIRST);
    Path moved = directory.resolve("moved");
    Files.move(Path.of(store.location()), moved);

    try (BundleStore other = BundleStore.of(BundleStoreConfig.directory(moved))) {
      assertEquals(moved.resolve("generation-000001"), other.fetch(FIRST, sha256));
    }
  }

  @Tag("F6")
  @Test
  void f6_writerKilledAfterAnyFile_leavesNoBundleAndTheNextOneIsWhole() throws Exception {
    publish(store, FIRST);
    List<Path> files = files(FIRST);
    for (int whole = 0; whole <= files.size(); whole++) {
      Path staged = BundleWriter.stage(store.staging(), SECOND).directory(); // never closed
      for (Path file : files.subList(0, whole)) {
        Files.copy(file, staged.resolve(file.getFileName()));
      }
      if (whole < files.size()) {
        byte[] bytes = Files.readAllBytes(files.get(whole));
        Path half = staged.resolve(files.get(whole).getFileName());
        Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
      }
      assertEquals(List.of(FIRST), store.generations(), whole + " files are whole");
      assertThrows(BundleNotFoundException.class, () -> store.fetch(SECOND, "0".repeat(64)));
    }
    assertWhole(store, SECOND, publish(store, SECOND));
  }

  @Tag("F18")
  @Test
  void f18_fullDisk_failsThePublicationAndLeavesWhatIsThere() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()) == 0,
        "skipped: this process may not mount a small file system");
    try (BundleStore small = BundleStore.of(BundleStoreConfig.directory(disk.resolve("store")))) {
      String sha256 = publish(small, FIRST);
      Path filler = disk.resolve("filler");
      assertThrows(IOException.class, () -> Files.write(filler, new byte[17 << 20]));

      assertThrows(IOException.class, () -> publish(small, SECOND));
      assertEquals(List.of(FIRST), small.generations());
      assertWhole(small, FIRST, sha256);

      Files.delete(filler);
      assertWhole(small, SECOND, publish(small, SECOND));
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private List<Path> files(Generation generation) throws IOException {
    Path bundle = Path.of(store.location()).resolve(generation.directoryName());
    try (Stream<Path> files = Files.list(bundle)) {
      return files.sorted().toList();
    }
  }

  private static void assertWhole(BundleStore store, Generation generation, String sha256)
      throws IOException {
    try (OpenGeneration open = BundleReader.open(store.fetch(generation, sha256), SESSIONS)) {
      assertEquals(sha256, open.manifestSha256());
    }
  }

  @Test
  void generations_otherEntries_areNotListed() throws Exception {
    publish(store, FIRST);
    Path root = Path.of(store.location());
    Files.createDirectory(root.resolve("notes"));
    Files.createDirectory(root.resolve(".generation-000002.staged"));

    assertEquals(List.of(FIRST), store.generations());
  }
}
