package io.sidestream.cli;

import io.sidestream.chaos.network.FreePorts;
import io.sidestream.chaos.process.ChildProcess;
import io.sidestream.chaos.process.JavaProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * Three of Kafka's own brokers, each a controller too, as processes; every topic has three copies.
 */
final class ThreeBrokers implements AutoCloseable {
  static final int BROKERS = 3;
  private static final String CONTROLLER = "CONTROLLER";
  private static final int HEAP_MEBIBYTES = 256;

  /** The directory with Kafka's log has others beside it. */
  private static final String LOGS = "logs";

  private final List<Integer> ports; // of clients, then of controllers
  private final List<ChildProcess> processes = new ArrayList<>();

  private ThreeBrokers(List<Integer> ports) {
    this.ports = ports;
  }

  /**
   * Starts them; they need seconds until they answer.
   *
   * @param sessionMillis without a sign of it a broker counts as gone
   */
  static ThreeBrokers start(Path work, int sessionMillis, SplittableRandom random)
      throws IOException {
    ThreeBrokers brokers = new ThreeBrokers(FreePorts.find(2 * BROKERS, random));
    String cluster = new Uuid(random.nextLong(), random.nextLong()).toString();
    for (int node = 1; node <= BROKERS; node++) {
      Path own = Files.createDirectories(work.resolve("broker-" + node));
      format(own.resolve(LOGS), cluster, node);
      Path properties = own.resolve("server.properties");
      Files.write(properties, brokers.properties(own.resolve(LOGS), node, sessionMillis));
      brokers.processes.add(process(own, properties));
    }
    brokers.processes.forEach(ChildProcess::start);
    return brokers;
  }

  private static ChildProcess process(Path own, Path properties) {
    JavaProgram program =
        new JavaProgram(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "kafka.Kafka");
    return new ChildProcess(
        own.getFileName().toString(),
        program.command(HEAP_MEBIBYTES, List.of(properties.toString())),
        JavaProgram.ENVIRONMENT,
        own.resolve("output.log"));
  }

  private static void format(Path logs, String cluster, int node) throws IOException {
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
            .setClusterId(cluster)
            .setNodeId(node)
            .setDirectories(List.of(logs.toString()))
            .setMetadataLogDirectory(Optional.of(logs.toString()))
            .setControllerListenerName(CONTROLLER)
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION);
    try {
      formatter.run();
    } catch (Exception e) {
      throw new IOException(logs + " could not be formatted", e);
    }
  }

  private List<String> properties(Path logs, int node, int sessionMillis) {
    return List.of(
        "process.roles=broker,controller",
        "node.id=" + node,
        "log.dirs=" + logs,
        "listeners=PLAINTEXT://" + address(node) + ",CONTROLLER://" + controller(node),
        "advertised.listeners=PLAINTEXT://" + address(node),
        "controller.listener.names=CONTROLLER",
        "controller.quorum.voters="
            + nodes().mapToObj(each -> each + "@" + controller(each)).collect(joined()),
        "broker.session.timeout.ms=" + sessionMillis,
        "default.replication.factor=" + BROKERS,
        "min.insync.replicas=2",
        "offsets.topic.replication.factor=" + BROKERS,
        "offsets.topic.num.partitions=4",
        "group.initial.rebalance.delay.ms=0",
        "log.cleaner.dedupe.buffer.size=16777216");
  }

  /** Where clients connect first. */
  String bootstrapServers() {
    return nodes().mapToObj(this::address).collect(joined());
  }

  private String address(int node) {
    return "127.0.0.1:" + ports.get(node - 1);
  }

  private String controller(int node) {
    return "127.0.0.1:" + ports.get(BROKERS + node - 1);
  }

  private static IntStream nodes() {
    return IntStream.rangeClosed(1, BROKERS);
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(",");
  }

  /** Ends one at once. */
  void kill(int node) {
    processes.get(node - 1).kill();
  }

  @Override
  public void close() {
    processes.forEach(ChildProcess::close);
  }
}
