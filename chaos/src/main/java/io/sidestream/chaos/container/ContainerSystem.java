package io.sidestream.chaos.container;

import io.sidestream.chaos.AdminPages;
import io.sidestream.chaos.ChaosSystem;
import io.sidestream.chaos.FaultLeftOutException;
import io.sidestream.chaos.load.EventNumbers;
import io.sidestream.chaos.schedule.Fault;
import io.sidestream.chaos.schedule.Target;
import io.sidestream.client.Connection;
import io.sidestream.schemas.UserErrorException;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsSchema;
import io.sidestream.schemas.settings.SharedSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * The stack of a Docker Compose project on an engine of this machine, whose bridge networks can be
 * reached from it. It runs before and after.
 */
public final class ContainerSystem implements ChaosSystem {
  /*
   * The engine itself starts containers that end, as their policy says, and counts how often; a
   * container that was killed or stopped by a command stays so until it is started by one, and its
   * count is 0 again.
   */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final SettingsSchema SCHEMA = new SettingsSchema().include(SharedSettings.SCHEMA);

  private static final Map<Target, Integer> ADMIN_PORTS =
      Map.of(
          Target.INGEST, 8481,
          Target.TRAINER, 8482,
          Target.INDEX_1, 8480,
          Target.INDEX_2, 8480);

  private final ContainerEngine engine;
  private final String project;
  private final StackContainers containers;
  private final ContainerFaults faults;
  private final Settings settings;
  private final Connection connection;
  private final Optional<String> token;
  private final Map<Target, Integer> restarts = new EnumMap<>(Target.class);

  private ContainerSystem(
      ContainerEngine engine, String project, StackContainers containers, Settings settings) {
    this.engine = engine;
    this.project = project;
    this.containers = containers;
    this.faults = new ContainerFaults(engine, containers);
    this.settings = settings;
    this.connection = Connection.of(settings);
    this.token = settings.read(SCHEMA, values -> values.secret(SharedSettings.ADMIN_TOKEN));
  }

  /**
   * A stack that runs.
   *
   * @param settings the way to its broker from this machine, and the token of its admin ports
   * @throws UserErrorException where a service has too few containers
   */
  public static ContainerSystem of(ContainerEngine engine, String project, Settings settings)
      throws IOException, InterruptedException {
    return new ContainerSystem(engine, project, StackContainers.find(engine, project), settings);
  }

  /**
   * Checks that nothing is mistaken for what a run has sent, and that no other one is disturbed.
   *
   * @throws UserErrorException where there are events
   */
  public ContainerSystem requireNoEvents() {
    int events = EventNumbers.read(connection).size();
    if (events > 0) {
      throw new UserErrorException(
          "project %s has %,d events, expected none: faults befall a stack of their own",
          project, events);
    }
    return this;
  }

  @Override
  public Set<Target> targets() {
    return Target.WITH_FLINK;
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
  public FaultEnd begin(Fault fault, Target target, SplittableRandom random)
      throws IOException, InterruptedException, FaultLeftOutException {
    return faults.begin(fault, target);
  }

  @Override
  public boolean isReady() throws InterruptedException {
    for (Target target : ADMIN_PORTS.keySet()) {
      try {
        if (!admin(target).isReady()) {
          return false;
        }
      } catch (IOException e) {
        return false; // has no address
      }
    }
    return true;
  }

  /** A container has another address each time it is in the network. */
  @Override
  public AdminPages admin(Target target) throws IOException, InterruptedException {
    String address =
        engine.run(
            "inspect",
            "--format",
            "{{(index .NetworkSettings.Networks \"" + containers.network() + "\").IPAddress}}",
            containers.name(target));
    if (address.isEmpty()) {
      throw new IOException(containers.name(target) + " has no address");
    }
    return new AdminPages(URI.create("http://" + address + ":" + ADMIN_PORTS.get(target)), token);
  }

  @Override
  public void revive(BiConsumer<Target, String> ended) throws IOException, InterruptedException {
    for (Target target : containers.names().keySet().stream().sorted().toList()) {
      int count =
          Integer.parseInt(
              engine.run("inspect", "--format", "{{.RestartCount}}", containers.name(target)));
      Integer before = restarts.put(target, count);
      if (before != null && count > before) {
        ended.accept(target, "ended by itself, and was started " + (count - before) + " times");
      }
    }
  }

  @Override
  public Duration lookEvery() {
    return LOOK_EVERY;
  }

  @Override
  public String logs() {
    return String.join(" ", List.of("docker compose --project-name", project, "logs"));
  }

  /** The stack goes on. */
  @Override
  public void close() {}
}
