package io.sidestream.model.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashesTest {
  /** SHA-256 of "abc", FIPS 180-4. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void sha256_ofBytesTextAndFile_isThePublishedOne(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("abc"), "abc");
    assertEquals(ABC, Hashes.sha256("abc"));
    assertEquals(ABC, Hashes.sha256(new byte[] {'a', 'b', 'c'}));
    assertEquals(ABC, Hashes.sha256(file));
  }
}
