package io.sidestream.chaos.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Damage to the files of a process that does not run. */
public final class StateFiles {
  /** What RocksDB writes its tables to. */
  private static final String TABLE = ".sst";

  /** Stores that were found broken are set aside under such names, and not read. */
  private static final String SET_ASIDE = ".broken";

  private StateFiles() {}

  /** Deletes all that is in a directory, and keeps the directory. */
  public static void deleteContents(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (!visited.equals(directory)) {
              Files.delete(visited);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Flips one bit in some of the RocksDB tables under a directory.
   *
   * @return in how many
   */
  public static int flipBits(Path directory, int tables, SplittableRandom random)
      throws IOException {
    List<Path> found = new ArrayList<>(tables(directory));
    int flipped = Math.min(tables, found.size());
    for (int i = 0; i < flipped; i++) {
      Path table = found.remove(random.nextInt(found.size()));
      byte[] bytes = Files.readAllBytes(table);
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(table, bytes);
    }
    return flipped;
  }

  private static List<Path> tables(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(TABLE) && file.toFile().length() > 0)
          .filter(file -> !file.toString().contains(SET_ASIDE))
          .sorted()
          .toList();
    }
  }
}
