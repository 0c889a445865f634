package io.sidestream.chaos;

import io.sidestream.chaos.network.FreePorts;
import io.sidestream.chaos.network.TcpProxy;
import io.sidestream.chaos.process.ChildProcess;
import io.sidestream.chaos.process.JavaProgram;
import io.sidestream.chaos.process.SmallDisk;
import io.sidestream.chaos.process.StateFiles;
import io.sidestream.chaos.schedule.Fault;
import io.sidestream.chaos.schedule.Target;
import io.sidestream.client.Brokers;
import io.sidestream.client.Connection;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;

/**
 * A broker, ingest, trainer and two indexes as processes of their own, each with a directory and,
 * to the broker, a network of its own.
 */
public final class LocalSystem implements ChaosSystem {
  private static final int DISK_MEBIBYTES = 256;
  private static final int TABLES = 3;
  private static final int MIN_DELAY_MILLIS = 50;
  private static final int MAX_DELAY_MILLIS = 300;
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
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

  private LocalSystem(Path work, JavaProgram program, int brokerPort) {
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
   * @param work directory of everything, empty at first
   * @param program the command line of this system, which runs the processes
   * @param seed draws the ports
   */
  public static LocalSystem start(Path work, JavaProgram program, long seed) throws IOException {
    List<Integer> ports = FreePorts.find(1 + 2 * COMMANDS.size(), new SplittableRandom(seed));
    LocalSystem system = new LocalSystem(work, program, ports.get(0));
    try {
      system.startAll(ports);
      return system;
    } catch (IOException | RuntimeException e) {
      system.close();
      throw e;
    }
  }

  private void startAll(List<Integer> ports) throws IOException {
    List<String> broker = arguments("broker", Target.BROKER);
    broker.addAll(List.of("--port", Integer.toString(ports.get(0))));
    int next = 1;
    for (Target target : COMMANDS.keySet().stream().sorted().toList()) {
      int port = ports.get(next++);
      int admin = ports.get(next++);
      TcpProxy network = TcpProxy.start(port);
      networks.put(target, network);
      admins.put(target, AdminPages.local(admin));
      broker.addAll(List.of("--proxied", port + "=" + network.port()));
      if (Target.INDEXES.contains(target)) {
        SmallDisk.mount(state(target), DISK_MEBIBYTES).ifPresent(disk -> disks.put(target, disk));
      }
      add(target, client(target, network.port(), admin));
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

  private List<String> client(Target target, int brokerPort, int adminPort) {
    String command = COMMANDS.getOrDefault(target, "");
    Map<String, String> own =
        new HashMap<>(SmallTraining.requestedAfter(RunLimits.SAMPLE.events()));
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

  @Override
  public Set<Target> targets() {
    return Target.LOCAL;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public AdminPages admin(Target target) {
    return of(admins, target);
  }

  @Override
  public Duration lookEvery() {
    return LOOK_EVERY;
  }

  @Override
  public String logs() {
    return work.toString();
  }

  @Override
  public FaultEnd begin(Fault fault, Target target, SplittableRandom random)
      throws IOException, FaultLeftOutException {
    ChildProcess process = process(target);
    switch (fault) {
      case KILL -> process.kill();
      case PAUSE -> {
        process.pause();
        return process::resume;
      }
      case RESTART -> process.stop();
      case DELETED_STATE -> {
        process.kill();
        StateFiles.deleteContents(state(target));
      }
      case FLIPPED_BITS -> flipBits(process, target, random);
      case CUT -> {
        return cut(of(networks, target), random.nextBoolean());
      }
      case DELAY -> {
        TcpProxy network = of(networks, target);
        network.delay(Duration.ofMillis(random.nextInt(MIN_DELAY_MILLIS, MAX_DELAY_MILLIS + 1)));
        return network::heal;
      }
      case FULL_DISK -> {
        SmallDisk disk = disk(target);
        disk.fill();
        return disk::free;
      }
      case POISON, SWAP, ROLLBACK -> throw new IllegalArgumentException(fault + " of " + target);
    }
    return process::start;
  }

  private void flipBits(ChildProcess process, Target target, SplittableRandom random)
      throws IOException, FaultLeftOutException {
    process.stop();
    if (StateFiles.flipBits(state(target), TABLES, random) == 0) {
      process.start();
      throw new FaultLeftOutException("the index had no table yet");
    }
  }

  private static FaultEnd cut(TcpProxy network, boolean reset) {
    if (reset) {
      network.cutAndReset();
    } else {
      network.cut();
    }
    return network::heal;
  }

  private SmallDisk disk(Target target) throws FaultLeftOutException {
    SmallDisk disk = disks.get(target);
    if (disk == null) {
      throw new FaultLeftOutException("this process may not mount a small file system");
    }
    return disk;
  }

  private ChildProcess process(Target target) {
    return of(processes, target);
  }

  /** Where an index keeps its state. */
  private Path state(Target index) {
    return work.resolve(index.label()).resolve("index");
  }

  private static <T> T of(Map<Target, T> all, Target target) {
    T one = all.get(target);
    if (one == null) {
      throw new IllegalArgumentException("the system has none for " + target);
    }
    return one;
  }

  @Override
  public boolean isReady() {
    return admins.values().stream().allMatch(AdminPages::isReady);
  }

  @Override
  public void revive(BiConsumer<Target, String> ended) {
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
