package io.sidestream.chaos.container;

import io.sidestream.chaos.ChaosSystem.FaultEnd;
import io.sidestream.chaos.FaultLeftOutException;
import io.sidestream.chaos.schedule.Fault;
import io.sidestream.chaos.schedule.Target;
import java.io.IOException;

/** The faults that an engine can bring about from outside of a container. */
record ContainerFaults(ContainerEngine engine, StackContainers containers) {
  /** What the engine gives a process until it kills it. */
  private static final int STOP_SECONDS = 240;

  /** Where an index of the stack keeps its state. */
  private static final String STATE = "/var/lib/sidestream/index";

  FaultEnd begin(Fault fault, Target target)
      throws IOException, InterruptedException, FaultLeftOutException {
    String name = containers.name(target);
    return switch (fault) {
      case KILL -> {
        engine.run("kill", "--signal", "KILL", name);
        yield () -> engine.run("start", name);
      }
      case PAUSE -> {
        engine.run("pause", name);
        yield () -> engine.run("unpause", name);
      }
      case RESTART -> {
        engine.run("stop", "--time", Integer.toString(STOP_SECONDS), name);
        yield () -> engine.run("start", name);
      }
      case DELETED_STATE -> {
        engine.run("kill", "--signal", "KILL", name);
        deleteState(name);
        yield () -> engine.run("start", name);
      }
      case CUT -> {
        engine.run("network", "disconnect", containers.network(), name);
        yield () -> connect(target);
      }
      case DELAY -> throw new FaultLeftOutException("an engine has no slow networks");
      case FLIPPED_BITS, FULL_DISK ->
          throw new FaultLeftOutException("the volume of a container is not reached");
      case POISON, SWAP, ROLLBACK -> throw new IllegalArgumentException(fault + " of " + target);
    };
  }

  /** A short-lived container of the same image has the volumes of the one that was killed. */
  private void deleteState(String name) throws IOException, InterruptedException {
    String image = engine.run("inspect", "--format", "{{.Config.Image}}", name);
    engine.run(
        "run",
        "--rm",
        "--network",
        "none",
        "--volumes-from",
        name,
        "--entrypoint",
        "rm",
        image,
        "-rf",
        STATE);
  }

  /** Under the name of its service, as Compose did. */
  private void connect(Target target) throws IOException, InterruptedException {
    engine.run(
        "network",
        "connect",
        "--alias",
        StackContainers.service(target),
        containers.network(),
        containers.name(target));
  }
}
