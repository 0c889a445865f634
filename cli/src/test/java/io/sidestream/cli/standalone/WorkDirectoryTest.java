package io.sidestream.cli.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.UserErrorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
  @TempDir Path directory;

  @Test
  void claim_missingDirectory_isMade() throws IOException {
    Path missing = directory.resolve("a/b");
    try (WorkDirectory work = WorkDirectory.claim(missing)) {
      assertEquals(missing, work.paths().root());
      assertTrue(Files.isDirectory(missing));
    }
  }

  @Test
  void claim_whileClaimed_isRejected() throws IOException {
    try (WorkDirectory work = WorkDirectory.claim(directory)) {
      UserErrorException error =
          assertThrows(UserErrorException.class, () -> WorkDirectory.claim(directory));
      assertEquals(
          "work directory " + work.paths().root() + " is in use by another running system",
          error.getMessage());
    }
  }

  @Test
  void claim_afterClose_works() throws IOException {
    WorkDirectory.claim(directory).close();
    WorkDirectory.claim(directory).close();
  }

  @Test
  void claim_file_isRejected() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThrows(UserErrorException.class, () -> WorkDirectory.claim(file));
  }
}
