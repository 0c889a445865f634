package io.sidestream.chaos;

import io.sidestream.chaos.history.HistoryRecorder;
import io.sidestream.chaos.load.EventLoad;
import io.sidestream.chaos.load.PatientProducer;
import io.sidestream.chaos.schedule.Schedule;
import io.sidestream.client.EventRecords;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.schemas.UserErrorException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A run: a system is started, and schedule after schedule of faults befalls it. */
public final class ChaosRun {
  private static final long SAMPLE_SEED = 5;

  private final ChaosConfig config;
  private final List<Schedule> schedules;
  private final Clock clock;
  private final Consumer<String> progress;
  private final List<ChaosReport> reports = new ArrayList<>();

  private ChaosRun(
      ChaosConfig config, List<Schedule> schedules, Clock clock, Consumer<String> progress) {
    this.config = config;
    this.schedules = schedules;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs to the end; everything that was started has ended then.
   *
   * @param progress takes sentences on what happens
   * @return a report for each schedule
   * @throws UserErrorException when the system does not get to serve before the first fault
   */
  public static List<ChaosReport> run(ChaosConfig config, Clock clock, Consumer<String> progress)
      throws Exception {
    List<Schedule> drawn = new ArrayList<>();
    for (int i = 0; i < config.schedules(); i++) {
      drawn.add(Schedule.draw(config.seed() + i, config.length()));
    }
    return run(config, drawn, clock, progress);
  }

  /**
   * The same with other schedules than those of the seed.
   *
   * @param schedules of different seeds, which are part of the ids of requests
   */
  public static List<ChaosReport> run(
      ChaosConfig config, List<Schedule> schedules, Clock clock, Consumer<String> progress)
      throws Exception {
    ChaosRun run = new ChaosRun(config, schedules, clock, progress);
    run.run();
    return List.copyOf(run.reports);
  }

  private void run() throws Exception {
    int events = ChaosConfig.SAMPLE.events();
    try (ChaosSystem system =
            ChaosSystem.start(
                config.work(), config.program(), new SplittableRandom(config.seed()), events);
        PatientProducer producer = new PatientProducer(system.connection());
        Supervisor supervisor = Supervisor.start(system, clock, progress)) {
      HistoryRecorder history = new HistoryRecorder();
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
      for (Schedule schedule : schedules) {
        ChaosReport report =
            new SeedRun(system, producer, supervisor, load, history, clock, progress).run(schedule);
        report.lines().forEach(progress);
        reports.add(report);
        history = history.next();
      }
    }
  }

  private void awaitFirstGeneration(ChaosSystem system) throws InterruptedException {
    if (!new Waiting(clock).until(ChaosConfig.START_LIMIT, system::isReady)) {
      throw new UserErrorException(
          "no generation serves after %d s; what the processes said is in %s",
          ChaosConfig.START_LIMIT.toSeconds(), config.work());
    }
  }
}
