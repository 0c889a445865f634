package io.sidestream.chaos;

import io.sidestream.chaos.network.FreePorts;
import io.sidestream.chaos.network.TcpProxy;
import io.sidestream.chaos.process.ChildProcess;
import io.sidestream.chaos.process.JavaProgram;
import io.sidestream.chaos.process.SmallDisk;
import io.sidestream.chaos.schedule.Target;
import io.sidestream.client.Brokers;
import io.sidestream.client.Connection;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * A broker, ingest, trainer and two indexes as processes of their own, each with a directory and,
 * to the broker, a network of its own.
 */
final class ChaosSystem implements AutoCloseable {
  private static final int DISK_MEBIBYTES = 256;
  private static final Map<Target, Integer> HEAP_MEBIBYTES =
      Map.of(
          Target.BROKER, 320,
          Target.INGEST, 640,
          Target.TRAINER, 640,
          Target.INDEX_1, 400,
          Target.INDEX_2, 400);

  private static final Map<Target, String> COMMANDS =
      Map.of(
          Target.INGEST, "ingest",
          Target.TRAINER, "train",
          Target.INDEX_1, "index",
          Target.INDEX_2, "index");

  private final Path work;
  private final JavaProgram program;
  private final Map<Target, ChildProcess> processes = new EnumMap<>(Target.class);
  private final Map<Target, TcpProxy> networks = new EnumMap<>(Target.class);
  private final Map<Target, SmallDisk> disks = new EnumMap<>(Target.class);
  private final Map<Target, AdminPages> admins = new EnumMap<>(Target.class);
  private final Settings settings;
  private final Connection connection;

  private ChaosSystem(Path work, JavaProgram program, int brokerPort) {
    this.work = work;
    this.program = program;
    this.settings =
        Settings.of(
            Map.of("kafka.bootstrap.servers", "127.0.0.1:" + brokerPort, "broker.timeout", "2m"));
    this.connection = Connection.of(settings);
  }

  /**
   * Starts all of them; they need a while until they answer.
   *
   * @param program the command line of this system
   * @param random draws the ports
   * @param events number after which the first training is requested
   */
  static ChaosSystem start(Path work, JavaProgram program, SplittableRandom random, int events)
      throws IOException {
    List<Integer> ports = FreePorts.find(1 + 2 * Target.CLIENTS.size(), random);
    ChaosSystem system = new ChaosSystem(work, program, ports.get(0));
    try {
      system.startAll(ports, events);
      return system;
    } catch (IOException | RuntimeException e) {
      system.close();
      throw e;
    }
  }

  private void startAll(List<Integer> ports, int events) throws IOException {
    List<String> broker = arguments("broker", Target.BROKER);
    broker.addAll(List.of("--port", Integer.toString(ports.get(0))));
    int next = 1;
    for (Target target : COMMANDS.keySet().stream().sorted().toList()) {
      int port = ports.get(next++);
      int admin = ports.get(next++);
      TcpProxy network = TcpProxy.start(port);
      networks.put(target, network);
      admins.put(target, new AdminPages(admin));
      broker.addAll(List.of("--proxied", port + "=" + network.port()));
      if (Target.INDEXES.contains(target)) {
        SmallDisk.mount(state(target), DISK_MEBIBYTES).ifPresent(disk -> disks.put(target, disk));
      }
      add(target, client(target, network.port(), admin, events));
    }
    add(Target.BROKER, broker);
    process(Target.BROKER).start();
    createTopics();
    processes.values().forEach(ChildProcess::start);
  }

  private void add(Target target, List<String> arguments) throws IOException {
    Path own = Files.createDirectories(work.resolve(target.label()));
    processes.put(
        target,
        new ChildProcess(
            target.label(),
            program.command(HEAP_MEBIBYTES.getOrDefault(target, 0), arguments),
            JavaProgram.ENVIRONMENT,
            own.resolve("output.log")));
  }

  private List<String> arguments(String command, Target target) {
    return new ArrayList<>(List.of(command, "--work", work.resolve(target.label()).toString()));
  }

  private List<String> client(Target target, int brokerPort, int adminPort, int events) {
    String command = COMMANDS.getOrDefault(target, "");
    Map<String, String> own = new HashMap<>(SmallTraining.requestedAfter(events));
    own.put("kafka.bootstrap.servers", "127.0.0.1:" + brokerPort);
    own.put("broker.timeout", "10m"); // a start may meet a broker that is away
    own.put("bundles.store", work.resolve("generations").toString());
    own.put("index.queue.wait", "30s"); // a machine that is slow is no fault
    own.put("index.request.max.age", "1h"); // what has no deadline is answered, however late
    own.put((command.equals("train") ? "trainer" : command) + ".admin.port", "" + adminPort);
    List<String> arguments = arguments(command, target);
    new TreeMap<>(own)
        .forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    return arguments;
  }

  private void createTopics() {
    try (Admin admin = Brokers.reach(connection)) {
      TopicCreator.create(admin, connection.topics());
    } catch (ExecutionException | InterruptedException e) {
      throw Brokers.unavailable(connection, e);
    }
  }

  /** Settings of clients that reach the broker directly. */
  Settings settings() {
    return settings;
  }

  /** The way to the broker that no fault of a network befalls. */
  Connection connection() {
    return connection;
  }

  ChildProcess process(Target target) {
    return of(processes, target);
  }

  TcpProxy network(Target target) {
    return of(networks, target);
  }

  AdminPages admin(Target target) {
    return of(admins, target);
  }

  /** The small file system of an index; empty where none may be mounted. */
  Optional<SmallDisk> disk(Target target) {
    return Optional.ofNullable(disks.get(target));
  }

  /** Where an index keeps its state. */
  Path state(Target index) {
    return work.resolve(index.label()).resolve("index");
  }

  private static <T> T of(Map<Target, T> all, Target target) {
    T one = all.get(target);
    if (one == null) {
      throw new IllegalArgumentException("the system has none for " + target);
    }
    return one;
  }

  /** Whether all processes say that they are ready. */
  boolean isReady() {
    return admins.values().stream().allMatch(AdminPages::isReady);
  }

  /**
   * Starts those again that ended by themselves, and tells how each end came that was not meant.
   */
  void revive(BiConsumer<Target, String> ended) {
    processes.forEach(
        (target, process) -> {
          process.revive();
          process.takeUnexpectedEnds().forEach(how -> ended.accept(target, how));
        });
  }

  /** Ends all processes. */
  @Override
  public void close() {
    processes.values().forEach(ChildProcess::close);
    for (TcpProxy network : networks.values()) {
      try {
        network.close();
      } catch (IOException e) {
        // Its threads end with this process at the latest.
      }
    }
    disks.values().forEach(SmallDisk::close);
  }
}
