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
import io.sidestream.client.Generations;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationState;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** One schedule on a running system: its faults, the wait until it is over, and the checks. */
final class SeedRun {
  private final ChaosSystem system;
  private final PatientProducer producer;
  private final Supervisor supervisor;
  private final EventLoad events;
  private final HistoryRecorder history;
  private final Clock clock;
  private final Consumer<String> progress;
  private final List<String> unsettled = new ArrayList<>();
  private PairRecount.Outcome counts;
  private List<AssignmentDigest> digests = List.of();

  /**
   * @param history of this run alone
   */
  SeedRun(
      ChaosSystem system,
      PatientProducer producer,
      Supervisor supervisor,
      EventLoad events,
      HistoryRecorder history,
      Clock clock,
      Consumer<String> progress) {
    this.system = system;
    this.producer = producer;
    this.supervisor = supervisor;
    this.events = events;
    this.history = history;
    this.clock = clock;
    this.progress = progress;
    this.counts = PairRecount.compare(system.settings());
  }

  ChaosReport run(Schedule schedule) throws InterruptedException, ExecutionException {
    progress.accept("faults of seed " + schedule.seed());
    List<FaultOutcome> outcomes = befall(schedule);
    settled("totals are not exact", this::areExact);
    settled("the indexes differ", this::areEqual);
    return new ChaosReport(
        schedule,
        outcomes,
        HistoryCheck.check(
            history.history(EventNumbers.read(system.connection()), live(system.connection())),
            RunLimits.LATE_ALLOWANCE),
        history.answeredMillis(),
        supervisor.takeEnds(),
        counts,
        digests,
        unsettled);
  }

  @SuppressWarnings("try") // replies are there to be taken down, not to be called
  private List<FaultOutcome> befall(Schedule schedule)
      throws InterruptedException, ExecutionException {
    Connection connection = system.connection();
    try (ReplyLog replies = ReplyLog.start(connection, history, clock);
        RequestLoad requests =
            new RequestLoad(
                schedule.seed(),
                connection.topics(),
                producer,
                history,
                events.dataset(),
                RunLimits.REQUESTS_PER_SECOND,
                clock)) {
      events.start(RunLimits.EVENTS_PER_SECOND, history);
      List<FaultOutcome> outcomes =
          new FaultRunner(system, producer, clock, step -> progress.accept(step.toString()))
              .run(schedule);
      progress.accept("the last fault is over");
      events.close();
      settled("not all processes are ready", system::isReady);
      requests.close();
      producer.flush();
      settled("requests are unanswered", () -> history.unanswered() == 0);
      return outcomes;
    }
  }

  private boolean areExact() {
    counts = PairRecount.compare(system.settings());
    return counts.isExact();
  }

  private boolean areEqual() throws InterruptedException {
    List<AssignmentDigest> found = new ArrayList<>();
    for (Target index : Target.INDEXES.stream().sorted().toList()) {
      try {
        found.add(AssignmentDigest.of(system.admin(index), history.items()));
      } catch (IOException e) {
        return false; // cannot be reached yet
      }
    }
    digests = found;
    return digests.stream().distinct().count() == 1 && digests.get(0).items() > 0;
  }

  private void settled(String problem, Waiting.Condition condition) throws InterruptedException {
    if (!new Waiting(clock).until(RunLimits.SETTLE_LIMIT, condition)) {
      unsettled.add(problem + " within " + RunLimits.SETTLE_LIMIT.toSeconds() + " s");
    }
  }

  /** Every generation that was ever announced live: one that is over is retired. */
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
