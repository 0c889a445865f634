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
import java.util.function.Consumer;

/** A run: schedule after schedule of faults befalls a system, which is without events at first. */
public final class ChaosRun {
  private static final long SAMPLE_SEED = 5;

  private final ChaosSystem system;
  private final List<Schedule> schedules;
  private final Clock clock;
  private final Consumer<String> progress;
  private final List<ChaosReport> reports = new ArrayList<>();

  private ChaosRun(
      ChaosSystem system, List<Schedule> schedules, Clock clock, Consumer<String> progress) {
    this.system = system;
    this.schedules = schedules;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Runs to the end; the system goes on then, whole.
   *
   * @param schedules of different seeds, which are part of the ids of requests
   * @param progress takes sentences on what happens
   * @return a report for each schedule
   * @throws UserErrorException when the system does not get to serve before the first fault
   */
  public static List<ChaosReport> run(
      ChaosSystem system, List<Schedule> schedules, Clock clock, Consumer<String> progress)
      throws Exception {
    ChaosRun run = new ChaosRun(system, schedules, clock, progress);
    run.run();
    return List.copyOf(run.reports);
  }

  private void run() throws Exception {
    try (PatientProducer producer = new PatientProducer(system.connection());
        Supervisor supervisor = Supervisor.start(system, clock, progress)) {
      HistoryRecorder history = new HistoryRecorder();
      EventLoad load =
          new EventLoad(
              producer,
              new EventRecords(system.connection().topics()),
              history,
              new SampleCatalogue(SAMPLE_SEED, RunLimits.SAMPLE));
      load.produceDataset();
      progress.accept("started; the sample is produced");
      awaitFirstGeneration();
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

  private void awaitFirstGeneration() throws InterruptedException {
    if (!new Waiting(clock).until(RunLimits.START_LIMIT, system::isReady)) {
      throw new UserErrorException(
          "no generation serves after %d s; what the processes said is in %s",
          RunLimits.START_LIMIT.toSeconds(), system.logs());
    }
  }
}
