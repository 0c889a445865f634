package io.sidestream.datasets;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Data sets that may lie beside the project and are no part of it. */
public final class SharedData {
  private SharedData() {}

  /** A data set's folder; the test is skipped, and says so, where it is absent. */
  public static Path folder(String name) {
    Path module = Path.of("").toAbsolutePath();
    Path folder = module.getParent().resolveSibling("shared").resolve("data").resolve(name);
    assumeTrue(
        Files.isDirectory(folder),
        () -> "skipped: ../shared/data/" + name + " is absent beside the project");
    return folder;
  }
}
