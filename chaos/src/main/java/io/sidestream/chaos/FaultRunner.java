package io.sidestream.chaos;

import io.sidestream.chaos.load.PatientProducer;
import io.sidestream.chaos.load.PoisonRecords;
import io.sidestream.chaos.process.ChildProcess;
import io.sidestream.chaos.process.SmallDisk;
import io.sidestream.chaos.process.StateFiles;
import io.sidestream.chaos.schedule.Schedule;
import io.sidestream.chaos.schedule.ScheduledFault;
import io.sidestream.chaos.schedule.Target;
import io.sidestream.client.Generations;
import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does what a schedule says to a system: one thread for each target. */
final class FaultRunner {
  private static final int TABLES = 3;
  private static final int POISON_PER_TOPIC = 3;
  private static final int MIN_DELAY_MILLIS = 50;
  private static final int MAX_DELAY_MILLIS = 300;

  private final ChaosSystem system;
  private final PatientProducer producer;
  private final Clock clock;
  private final Consumer<ScheduledFault> begins;
  private final Map<Target, ExecutorService> threads = new EnumMap<>(Target.class);

  /**
   * @param begins takes each step when it begins
   */
  FaultRunner(
      ChaosSystem system, PatientProducer producer, Clock clock, Consumer<ScheduledFault> begins) {
    this.system = system;
    this.producer = producer;
    this.clock = clock;
    this.begins = begins;
  }

  /** Returns when the last fault is over. */
  List<FaultOutcome> run(Schedule schedule) throws InterruptedException, ExecutionException {
    long start = clock.millis();
    List<Future<FaultOutcome>> running = new ArrayList<>();
    try {
      for (ScheduledFault step : schedule.steps()) {
        Thread.sleep(Math.max(0, start + step.at().toMillis() - clock.millis()));
        running.add(thread(step.target()).submit(() -> run(step)));
      }
      Thread.sleep(Math.max(0, start + schedule.length().toMillis() - clock.millis()));
      List<FaultOutcome> outcomes = new ArrayList<>();
      for (Future<FaultOutcome> outcome : running) {
        outcomes.add(outcome.get());
      }
      return outcomes;
    } finally {
      threads.values().forEach(ExecutorService::shutdownNow);
    }
  }

  private ExecutorService thread(Target target) {
    return threads.computeIfAbsent(
        target,
        same ->
            Executors.newSingleThreadExecutor(
                work -> {
                  Thread thread = new Thread(work, "faults-" + same.label());
                  thread.setDaemon(true);
                  return thread;
                }));
  }

  private FaultOutcome run(ScheduledFault step) throws InterruptedException {
    begins.accept(step);
    long started = clock.millis();
    Optional<String> leftOut;
    try {
      leftOut = befall(step, new SplittableRandom(step.seed()));
    } catch (IOException | RuntimeException e) {
      leftOut = Optional.of("could not be done: " + ReasonText.of(e));
    }
    return new FaultOutcome(step, started, clock.millis(), leftOut);
  }

  /** Returns why it was left out, if it was. */
  private Optional<String> befall(ScheduledFault step, SplittableRandom random)
      throws IOException, InterruptedException {
    Target target = step.target();
    return switch (step.fault()) {
      case KILL -> around(step, () -> process(target).kill(), () -> process(target).start());
      case PAUSE -> around(step, () -> process(target).pause(), () -> process(target).resume());
      case RESTART -> around(step, () -> process(target).stop(), () -> process(target).start());
      case DELETED_STATE -> deleteState(step);
      case FLIPPED_BITS -> flipBits(step, random);
      case CUT -> cut(step, random.nextBoolean());
      case DELAY -> {
        Duration delay = Duration.ofMillis(random.nextInt(MIN_DELAY_MILLIS, MAX_DELAY_MILLIS + 1));
        yield around(
            step, () -> system.network(target).delay(delay), () -> system.network(target).heal());
      }
      case FULL_DISK -> fillDisk(step);
      case POISON -> poison(random);
      case SWAP -> {
        new Generations(system.connection()).retrain(clock.instant());
        yield Optional.empty();
      }
      case ROLLBACK -> rollBack();
    };
  }

  private ChildProcess process(Target target) {
    return system.process(target);
  }

  private static Optional<String> around(ScheduledFault step, Runnable begin, Runnable end)
      throws InterruptedException {
    begin.run();
    try {
      Thread.sleep(step.held().toMillis());
    } finally {
      end.run();
    }
    return Optional.empty();
  }

  private Optional<String> deleteState(ScheduledFault step)
      throws IOException, InterruptedException {
    process(step.target()).kill();
    StateFiles.deleteContents(system.state(step.target()));
    return around(step, () -> {}, () -> process(step.target()).start());
  }

  private Optional<String> flipBits(ScheduledFault step, SplittableRandom random)
      throws IOException, InterruptedException {
    process(step.target()).stop();
    int flipped = StateFiles.flipBits(system.state(step.target()), TABLES, random);
    around(step, () -> {}, () -> process(step.target()).start());
    return flipped > 0 ? Optional.empty() : Optional.of("the index had no table yet");
  }

  private Optional<String> cut(ScheduledFault step, boolean reset) throws InterruptedException {
    return around(
        step,
        () -> {
          if (reset) {
            system.network(step.target()).cutAndReset();
          } else {
            system.network(step.target()).cut();
          }
        },
        () -> system.network(step.target()).heal());
  }

  private Optional<String> fillDisk(ScheduledFault step) throws IOException, InterruptedException {
    Optional<SmallDisk> disk = system.disk(step.target());
    if (disk.isEmpty()) {
      return Optional.of("this process may not mount a small file system");
    }
    disk.get().fill();
    try {
      Thread.sleep(step.held().toMillis());
    } finally {
      disk.get().free();
    }
    return Optional.empty();
  }

  private Optional<String> poison(SplittableRandom random) {
    new PoisonRecords(system.connection().topics())
        .draw(POISON_PER_TOPIC, random)
        .forEach(record -> producer.send(record, () -> {}));
    return Optional.empty();
  }

  private Optional<String> rollBack() {
    Generations generations = new Generations(system.connection());
    if (generations.history().rollbackTarget().isEmpty()) {
      return Optional.of("there was no generation to go back to");
    }
    generations.rollback(new DecisionAuthor("chaos", "a fault of the seed", clock.instant()));
    return Optional.empty();
  }
}
