package io.sidestream.ingest.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir Path directory;

  @Test
  void newest_noDirectory_isNone() throws IOException {
    assertEquals(Optional.empty(), newest(directory.resolve("none")));
  }

  @Test
  void newest_checkpointsOfSeveralStarts_isTheHighestNumber() throws IOException {
    write("first/chk-9", 9);
    write("second/chk-10", 10);

    assertEquals(Optional.of("chk-10"), newest(directory));
  }

  @Test
  void newest_savepointAfterCheckpoint_isTheSavepoint() throws IOException {
    write("first/chk-10", 10);
    write("savepoint-ab12", 11);

    assertEquals(Optional.of("savepoint-ab12"), newest(directory));
  }

  @Test
  void newest_checkpointWithoutMetadata_isPassedOver() throws IOException {
    write("first/chk-9", 9);
    Files.createDirectories(directory.resolve("first/chk-10"));

    assertEquals(Optional.of("chk-9"), newest(directory));
  }

  @Test
  void newest_metadataCutShort_isPassedOver() throws IOException {
    write("first/chk-9", 9);
    Files.createDirectories(directory.resolve("first/chk-10"));
    Files.write(directory.resolve("first/chk-10/_metadata"), new byte[] {1, 2, 3});

    assertEquals(Optional.of("chk-9"), newest(directory));
  }

  /** The job began again from nothing. */
  @Test
  void newest_allDamaged_isAnError() throws IOException {
    Files.createDirectories(directory.resolve("first/chk-10"));
    Files.write(directory.resolve("first/chk-10/_metadata"), new byte[] {1, 2, 3});

    IOException e = assertThrows(IOException.class, () -> newest(directory));
    assertTrue(e.getMessage().contains("first/chk-10"), e.getMessage());
  }

  /** An older one was restored, or none. */
  @Test
  void newest_metadataThatCannotBeOpened_isAnError() throws IOException {
    write("first/chk-9", 9);
    Files.createDirectories(directory.resolve("first/chk-10/_metadata"));

    assertThrows(IOException.class, () -> newest(directory));
  }

  /** It was a null pointer, without a name. */
  @Test
  void newest_directoryThatCannotBeListed_isNamed() {
    Path device = Path.of("/dev/null"); // as one without permission is to others than root

    IOException e = assertThrows(IOException.class, () -> newest(device));
    assertTrue(e.getMessage().contains("/dev/null cannot be listed"), e.getMessage());
  }

  private static Optional<String> newest(Path directory) throws IOException {
    return Checkpoints.newest(List.of(new org.apache.flink.core.fs.Path(directory.toUri())))
        .map(org.apache.flink.core.fs.Path::getName);
  }

  private void write(String name, long number) throws IOException {
    Path checkpoint = Files.createDirectories(directory.resolve(name));
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(checkpoint.resolve("_metadata")))) {
      org.apache.flink.runtime.checkpoint.Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(number, List.of(), List.of()), out);
    }
  }
}
