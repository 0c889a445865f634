package io.sidestream.experiments.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that appear whole or not at all, whoever reads or writes beside. */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** Writes a file's content. */
  @FunctionalInterface
  interface Writing {
    void to(Path file) throws IOException;
  }

  /** Puts bytes in the place of a file. */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, beside -> Files.write(beside, content));
  }

  /** Puts what is written in the place of a file. */
  static void write(Path file, Writing writing) throws IOException {
    Path beside =
        file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    writing.to(beside);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
