package io.sidestream.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A test's program in a JVM of its own, which may end. */
final class OwnJvm {
  private OwnJvm() {}

  /** Starts it, with what it prints in one stream. */
  static Process start(Class<?> program, String... arguments) throws IOException {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName());
    return new ProcessBuilder(Stream.concat(java.stream(), Stream.of(arguments)).toList())
        .redirectErrorStream(true)
        .start();
  }
}
