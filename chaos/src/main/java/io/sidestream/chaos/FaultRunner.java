package io.sidestream.chaos;

import io.sidestream.chaos.load.PatientProducer;
import io.sidestream.chaos.load.PoisonRecords;
import io.sidestream.chaos.schedule.Schedule;
import io.sidestream.chaos.schedule.ScheduledFault;
import io.sidestream.chaos.schedule.Target;
import io.sidestream.client.Generations;
import io.sidestream.schemas.DecisionAuthor;
import io.sidestream.schemas.ReasonText;
import java.io.IOException;
import java.time.Clock;
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
  private static final int POISON_PER_TOPIC = 3;

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
    } catch (FaultLeftOutException e) {
      leftOut = Optional.of(e.why());
    } catch (IOException | RuntimeException e) {
      leftOut = Optional.of("could not be done: " + ReasonText.of(e));
    }
    return new FaultOutcome(step, started, clock.millis(), leftOut);
  }

  /** Returns why it was left out, if it was. */
  private Optional<String> befall(ScheduledFault step, SplittableRandom random)
      throws IOException, InterruptedException, FaultLeftOutException {
    return switch (step.fault()) {
      case POISON -> poison(random);
      case SWAP -> {
        new Generations(system.connection()).retrain(clock.instant());
        yield Optional.empty();
      }
      case ROLLBACK -> rollBack();
      default -> hold(step, random);
    };
  }

  private Optional<String> hold(ScheduledFault step, SplittableRandom random)
      throws IOException, InterruptedException, FaultLeftOutException {
    ChaosSystem.FaultEnd over = system.begin(step.fault(), step.target(), random);
    try {
      Thread.sleep(step.held().toMillis());
    } finally {
      over.end();
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
