package io.sidestream.learning.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerVectorsTest {
  @TempDir Path work;

  @Test
  void delete_moreThanAreKept_leavesThoseWrittenLastAndAllElse() throws IOException {
    file("vectors-a-256.bin", 4);
    file("vectors-b-256.bin", 1);
    file("vectors-c-256.bin", 3);
    file("vectors-d-256.bin", 2);
    file("encoder.onnx", 0);

    FormerVectors.delete(work);

    try (Stream<Path> left = Files.list(work)) {
      assertEquals(
          Set.of("vectors-a-256.bin", "vectors-c-256.bin", "vectors-d-256.bin", "encoder.onnx"),
          left.map(path -> path.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  @Test
  void delete_folderThatIsNotThere_isNothing() throws IOException {
    FormerVectors.delete(work.resolve("none"));

    assertFalse(Files.exists(work.resolve("none")));
  }

  private void file(String name, long writtenSeconds) throws IOException {
    Path file = Files.writeString(work.resolve(name), "");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000 * writtenSeconds));
  }
}
