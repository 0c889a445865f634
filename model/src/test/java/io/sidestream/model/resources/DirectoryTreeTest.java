package io.sidestream.model.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTreeTest {
  private static final int LOOKS = 300;

  @TempDir Path directory;

  @Test
  void bytes_ofFilesInDirectories_areAdded() throws IOException {
    write(directory.resolve("a/b"), 3);
    write(directory.resolve("c"), 4);

    assertEquals(7, DirectoryTree.bytes(directory));
    assertEquals(0, DirectoryTree.bytes(directory.resolve("none")));
  }

  @Test
  void bytes_whileDirectoriesComeAndGo_areThoseThatStay() throws Exception {
    write(directory.resolve("stays/file"), 5);
    AtomicBoolean ended = new AtomicBoolean();
    CompletableFuture<Void> changing =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (!ended.get()) {
                  for (int i = 0; i < 20; i++) {
                    write(directory.resolve("goes/" + i + "/empty"), 0);
                  }
                  DirectoryTree.delete(directory.resolve("goes"));
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });

    for (int i = 0; i < LOOKS; i++) {
      assertEquals(5, DirectoryTree.bytes(directory));
    }

    ended.set(true);
    changing.join();
  }

  @Test
  void delete_whereTwoDoIt_bothSucceed() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path tree = directory.resolve("tree-" + round);
      for (int i = 0; i < 50; i++) {
        write(tree.resolve(i % 7 + "/" + i), 1);
      }
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () -> {
                try {
                  DirectoryTree.delete(tree);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      DirectoryTree.delete(tree);
      other.join();
      assertFalse(Files.exists(tree));
    }
  }

  @Test
  void delete_ofLink_keepsWhatItPointsTo() throws IOException {
    write(directory.resolve("kept/file"), 1);
    Path tree = Files.createDirectory(directory.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("link"), directory.resolve("kept"));

    DirectoryTree.delete(tree);

    assertFalse(Files.exists(tree));
    assertTrue(Files.exists(directory.resolve("kept/file")));
  }

  private static void write(Path file, int bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }
}
