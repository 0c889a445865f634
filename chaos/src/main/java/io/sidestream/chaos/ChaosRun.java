package io.sidestream.chaos;

import io.sidestream.chaos.check.HistoryCheck;
import io.sidestream.chaos.check.PairRecount;
import io.sidestream.chaos.history.HistoryRecorder;
import io.sidestream.chaos.load.EventLoad;
import io.sidestream.chaos.load.EventNumbers;
import io.sidestream.chaos.load.PatientProducer;
import io.sidestream.chaos.load.ReplyLog;
import io.sidestream.chaos.load.RequestLoad;
import io.sidestream.chaos.schedule.Schedule;
import io.sidestream.chaos.schedule.Target;
import io.sidestream.client.Connection;
import io.sidestream.client.EventRecords;
import io.sidestream.client.Generations;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.UserErrorException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One run: a system is started, befallen by the faults of a seed, let settle, and checked. */
public final class ChaosRun {
  private static final long SAMPLE_SEED = 5;

  private final ChaosConfig config;
  private final Clock clock;
  private final Waiting waiting;
  private final Consumer<String> progress;
  private final HistoryRecorder history = new HistoryRecorder();
  private final List<String> unsettled = new ArrayList<>();

  private ChaosRun(ChaosConfig config, Clock clock, Consumer<String> progress) {
    this.config = config;
    this.clock = clock;
    this.waiting = new Waiting(clock);
    this.progress = progress;
  }

  /**
   * Runs to the end; everything that was started has ended then.
   *
   * @param progress takes sentences on what happens
   * @throws UserErrorException when the system does not get to serve before the first fault
   */
  public static ChaosReport run(ChaosConfig config, Clock clock, Consumer<String> progress)
      throws Exception {
    return new ChaosRun(config, clock, progress).run();
  }

  private ChaosReport run() throws Exception {
    Schedule schedule = Schedule.draw(config.seed(), config.length());
    int events = ChaosConfig.SAMPLE.events();
    try (ChaosSystem system =
            ChaosSystem.start(
                config.work(), config.program(), new SplittableRandom(config.seed()), events);
        PatientProducer producer = new PatientProducer(system.connection());
        Supervisor supervisor = Supervisor.start(system, clock, progress)) {
      EventLoad load =
          new EventLoad(
              producer,
              new EventRecords(system.connection().topics()),
              history,
              new SampleCatalogue(SAMPLE_SEED, ChaosConfig.SAMPLE));
      load.produceDataset();
      progress.accept("started; the sample is produced");
      awaitFirstGeneration(system);
      progress.accept("the first generation serves");
      return befall(system, producer, supervisor, load, schedule);
    }
  }

  private void awaitFirstGeneration(ChaosSystem system) throws InterruptedException {
    if (!waiting.until(ChaosConfig.START_LIMIT, system::isReady)) {
      throw new UserErrorException(
          "no generation serves after %d s; what the processes said is in %s",
          ChaosConfig.START_LIMIT.toSeconds(), config.work());
    }
  }

  @SuppressWarnings("try") // replies are there to be taken down, not to be called
  private ChaosReport befall(
      ChaosSystem system,
      PatientProducer producer,
      Supervisor supervisor,
      EventLoad load,
      Schedule schedule)
      throws Exception {
    Connection connection = system.connection();
    List<FaultOutcome> outcomes;
    try (ReplyLog replies = ReplyLog.start(connection, history, clock);
        RequestLoad requests =
            RequestLoad.start(
                connection.topics(),
                producer,
                history,
                load.dataset(),
                ChaosConfig.REQUESTS_PER_SECOND,
                clock)) {
      load.start(ChaosConfig.EVENTS_PER_SECOND);
      long started = clock.millis();
      outcomes =
          new FaultRunner(system, producer, clock, step -> progress.accept(step.toString()))
              .run(schedule);
      progress.accept("the last fault is over");
      load.close();
      settled("not all processes are ready", system::isReady);
      requests.close();
      producer.flush();
      settled("requests are unanswered", () -> history.unanswered() == 0);
      progress.accept("requests ended after " + (clock.millis() - started) / 1000 + " s");
    }
    return report(system, supervisor, schedule, outcomes);
  }

  private ChaosReport report(
      ChaosSystem system, Supervisor supervisor, Schedule schedule, List<FaultOutcome> outcomes)
      throws InterruptedException {
    AtomicReference<PairRecount.Outcome> counts =
        new AtomicReference<>(PairRecount.compare(system.settings()));
    settled(
        "totals are not exact",
        () ->
            counts
                .updateAndGet(
                    last -> last.isExact() ? last : PairRecount.compare(system.settings()))
                .isExact());
    AtomicReference<List<AssignmentDigest>> digests = new AtomicReference<>(List.of());
    settled("the indexes differ", () -> areEqual(digests, system));
    return new ChaosReport(
        schedule,
        outcomes,
        HistoryCheck.check(
            history.history(EventNumbers.read(system.connection()), live(system.connection())),
            ChaosConfig.LATE_ALLOWANCE),
        history.answeredMillis(),
        supervisor.ends(),
        counts.get(),
        digests.get(),
        unsettled);
  }

  private void settled(String problem, BooleanSupplier condition) throws InterruptedException {
    if (!waiting.until(ChaosConfig.SETTLE_LIMIT, condition)) {
      unsettled.add(problem + " " + ChaosConfig.SETTLE_LIMIT.toSeconds() + " s after the rest");
    }
  }

  private boolean areEqual(AtomicReference<List<AssignmentDigest>> digests, ChaosSystem system) {
    digests.set(
        Target.INDEXES.stream()
            .sorted()
            .map(index -> AssignmentDigest.of(system.admin(index), history.items()))
            .toList());
    return digests.get().stream().distinct().count() == 1 && digests.get().get(0).items() > 0;
  }

  /** Every generation that was ever announced live. */
  private static Set<Generation> live(Connection connection) {
    Set<Generation> live = new HashSet<>();
    for (GenerationAnnouncement one : new Generations(connection).history().announcements()) {
      if (one.state() == GenerationState.LIVE || one.state() == GenerationState.RETIRED) {
        live.add(one.generation());
      }
    }
    return live;
  }
}
