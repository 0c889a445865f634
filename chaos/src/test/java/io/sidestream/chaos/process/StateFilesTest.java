package io.sidestream.chaos.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFilesTest {
  private static final byte[] BYTES = new byte[100];

  @TempDir Path directory;

  @Test
  void flipBits_tables_changesOneBitOfOneOfThem() throws IOException {
    Path store = Files.createDirectories(directory.resolve("rocksdb"));
    Path aside = Files.createDirectories(directory.resolve("rocksdb.broken"));
    Files.write(store.resolve("000001.sst"), BYTES);
    Files.write(store.resolve("000002.log"), BYTES);
    Files.write(aside.resolve("000003.sst"), BYTES);
    assertEquals(1, StateFiles.flipBits(directory, 3, new SplittableRandom(1)));
    byte[] changed = Files.readAllBytes(store.resolve("000001.sst"));
    int bits = 0;
    for (byte each : changed) {
      bits += Integer.bitCount(Byte.toUnsignedInt(each));
    }
    assertEquals(1, bits);
    assertArrayEquals(BYTES, Files.readAllBytes(store.resolve("000002.log")));
    assertArrayEquals(BYTES, Files.readAllBytes(aside.resolve("000003.sst")));
  }

  @Test
  void flipBits_nothingThere_changesNothing() throws IOException {
    assertEquals(0, StateFiles.flipBits(directory, 3, new SplittableRandom(1)));
    assertEquals(0, StateFiles.flipBits(directory.resolve("absent"), 3, new SplittableRandom(1)));
  }

  @Test
  void deleteContents_filesAndDirectories_keepsTheDirectoryAlone() throws IOException {
    Files.createDirectories(directory.resolve("a/b"));
    Files.write(directory.resolve("a/b/c"), BYTES);
    StateFiles.deleteContents(directory);
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(0, left.count());
    }
    StateFiles.deleteContents(directory.resolve("absent"));
  }

  @Test
  void smallDisk_filled_takesNothingUntilItIsFreed() throws IOException {
    Path root = directory.resolve("disk");
    Optional<SmallDisk> mounted = SmallDisk.mount(root, 8);
    assumeTrue(mounted.isPresent(), "skipped: this process may not mount a small file system");
    try (SmallDisk disk = mounted.get()) {
      disk.fill();
      assertThrows(IOException.class, () -> Files.write(root.resolve("more"), new byte[1 << 14]));
      disk.free();
      Files.write(root.resolve("more"), new byte[1 << 14]);
    }
    assertTrue(Files.notExists(root.resolve("more")), "unmounted");
  }
}
