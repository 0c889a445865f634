package io.sidestream.ingest.job;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A standalone Flink cluster: a JobManager and a TaskManager in processes of their own, and {@code
 * flink} on the command line. Its class path is what Flink's distribution has, and nothing of ours.
 */
final class FlinkProcesses implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final int SLOTS = 6;

  /** Parts of Flink's distribution, by their place in a Maven repository. */
  private static final List<String> DISTRIBUTION =
      List.of(
          "/org/apache/flink/flink-",
          "/com/ververica/frocksdbjni/",
          "/com/esotericsoftware/",
          "/commons-cli/",
          "/commons-collections/",
          "/commons-io/",
          "/org/apache/commons/commons-",
          "/org/javassist/",
          "/org/objenesis/",
          "/org/snakeyaml/",
          "/org/xerial/snappy/",
          "/at/yawk/lz4/",
          "/com/google/code/findbugs/",
          "/org/slf4j/",
          "/ch/qos/logback/");

  private static final List<String> NOT_IN_IT = List.of("flink-connector-kafka", "-tests.jar");

  private final Path directory;
  private final int rest;
  private final Process jobManager;
  private Process taskManager;

  private FlinkProcesses(Path directory, int rest) throws IOException {
    this.directory = directory;
    this.rest = rest;
    this.jobManager = jobManager();
    this.taskManager = taskManager();
  }

  static FlinkProcesses start(Path directory) throws IOException {
    int rest = freePort();
    Path conf = Files.createDirectories(directory.resolve("conf"));
    Files.write(
        conf.resolve("config.yaml"),
        List.of(
            "jobmanager.rpc.address: 127.0.0.1",
            "jobmanager.rpc.port: " + freePort(),
            "jobmanager.bind-host: 127.0.0.1",
            "jobmanager.memory.process.size: 1g",
            "taskmanager.host: 127.0.0.1",
            "taskmanager.bind-host: 127.0.0.1",
            "taskmanager.numberOfTaskSlots: " + SLOTS,
            "taskmanager.cpu.cores: 2",
            "taskmanager.memory.network.min: 64m",
            "taskmanager.memory.network.max: 64m",
            "taskmanager.memory.managed.size: 64m",
            "taskmanager.memory.task.heap.size: 256m",
            "taskmanager.memory.task.off-heap.size: 64m",
            "taskmanager.memory.framework.heap.size: 128m",
            "taskmanager.memory.framework.off-heap.size: 64m",
            "taskmanager.memory.jvm-metaspace.size: 256m",
            "taskmanager.memory.jvm-overhead.min: 128m",
            "taskmanager.memory.jvm-overhead.max: 128m",
            "heartbeat.timeout: 10000",
            "heartbeat.interval: 2000",
            "rest.address: 127.0.0.1",
            "rest.bind-address: 127.0.0.1",
            "rest.port: " + rest,
            "io.tmp.dirs: " + Files.createDirectories(directory.resolve("tmp"))));
    Files.writeString(
        conf.resolve("logback.xml"),
        """
        <configuration>
          <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder>
          </appender>
          <root level="WARN"><appender-ref ref="out"/></root>
        </configuration>
        """);
    FlinkProcesses cluster = new FlinkProcesses(directory, rest);
    await().atMost(START).until(() -> connects(rest));
    return cluster;
  }

  String address() {
    return "127.0.0.1:" + rest;
  }

  /** Ends the TaskManager at once, as {@code kill -9} does, and starts another. */
  void replaceTaskManager() throws Exception {
    taskManager.destroyForcibly().waitFor();
    taskManager = taskManager();
  }

  /** What {@code flink} prints with these arguments. */
  String flink(String... arguments) throws Exception {
    Path out = Files.createTempFile(directory, "flink", ".out");
    List<String> command = new ArrayList<>(List.of("org.apache.flink.client.cli.CliFrontend"));
    command.addAll(List.of(arguments));
    Process flink = java(out, "256m", command);
    if (!flink.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
      flink.destroyForcibly();
    }
    String printed = Files.readString(out);
    if (flink.exitValue() != 0) {
      throw new AssertionError("flink ended with " + flink.exitValue() + ": " + printed);
    }
    return printed;
  }

  /** What the cluster logged, for messages. */
  String log() {
    try {
      return Files.readString(directory.resolve("jobmanager.log"))
          + Files.readString(directory.resolve("taskmanager.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Process jobManager() throws IOException {
    return java(
        directory.resolve("jobmanager.log"),
        "384m",
        List.of(
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            "--configDir",
            directory.resolve("conf").toString()));
  }

  private Process taskManager() throws IOException {
    return java(
        directory.resolve("taskmanager.log"),
        "512m",
        List.of(
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            "--configDir",
            directory.resolve("conf").toString()));
  }

  private Process java(Path log, String heap, List<String> main) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // they live for seconds
    command.add("-XX:MaxMetaspaceSize=256m"); // Flink's default for a TaskManager
    command.add("-Dlogback.configurationFile=" + directory.resolve("conf").resolve("logback.xml"));
    Opens.ofThisProcess().forEach(command::add);
    command.add("-cp");
    command.add(classPath());
    command.addAll(main);
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process
        .environment()
        .putAll(
            Map.of(
                "FLINK_CONF_DIR",
                directory.resolve("conf").toString(),
                "ORT_DISABLE_TELEMETRY",
                "1"));
    return process.start();
  }

  private static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(jar -> DISTRIBUTION.stream().anyMatch(jar::contains))
        .filter(jar -> NOT_IN_IT.stream().noneMatch(jar::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean connects(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    taskManager.destroyForcibly().onExit().join();
    jobManager.destroyForcibly().onExit().join();
  }
}
