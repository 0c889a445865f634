package io.sidestream.chaos.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A container engine that writes down what it was given, and prints what a file says. */
final class ScriptedEngine {
  private static final String SCRIPT =
      """
      #!/bin/sh
      here=$(dirname "$0")
      printf '%s\\n' "$*" >> "$here/commands"
      case "$1 $2 $3" in
        ps*) cat "$here/containers" ;;
        *IPAddress*) echo 127.0.0.1 ;;
        *RestartCount*) cat "$here/restarts" ;;
        *Config.Image*) echo sidestream:1 ;;
        unpause*) echo 'no such container'; exit 1 ;;
      esac
      """;

  private static final String CONTAINERS =
      """
      kafka 1 p-kafka-1
      flink-jobmanager 1 p-flink-jobmanager-1
      flink-taskmanager 1 p-flink-taskmanager-1
      ingest 1 p-ingest-1
      trainer 1 p-trainer-1
      gateway 1 p-gateway-1
      index 10 p-index-10
      index 2 p-index-2
      """;

  private final Path directory;

  ScriptedEngine(Path directory) throws IOException {
    this.directory = directory;
    Path script = directory.resolve("engine");
    Files.writeString(script, SCRIPT);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    containers(CONTAINERS);
    restarts(0);
  }

  ContainerEngine engine() {
    return new ContainerEngine(directory.resolve("engine").toString());
  }

  void containers(String lines) throws IOException {
    Files.writeString(directory.resolve("containers"), lines);
  }

  void restarts(int count) throws IOException {
    Files.writeString(directory.resolve("restarts"), Integer.toString(count));
  }

  /** The commands since this was called last. */
  List<String> takeCommands() throws IOException {
    Path log = directory.resolve("commands");
    List<String> commands =
        Files.exists(log) ? Files.readAllLines(log, StandardCharsets.UTF_8) : List.of();
    Files.deleteIfExists(log);
    return commands;
  }
}
