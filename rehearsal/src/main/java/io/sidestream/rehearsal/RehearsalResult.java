package io.sidestream.rehearsal;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a rehearsal. But for CPU seconds, equal for equal settings.
 *
 * @param requests that were answered
 * @param failed requests without an answer
 * @param mixed requests whose answer was not of one generation alone
 */
public record RehearsalResult(
    List<Day> days,
    List<Training> trainings,
    List<Announced> announced,
    int requests,
    int failed,
    int mixed) {
  /** What answers, or would. */
  public enum Arm {
    SYSTEM,
    /** The first generation. */
    FROZEN,
    /** Trained in full each night, on everything but spam. */
    ORACLE
  }

  /**
   * The events of a day as tests.
   *
   * @param tasks by task
   */
  public record Day(int number, Map<String, Tests> tasks) {
    public Day {
      tasks = Collections.unmodifiableMap(new TreeMap<>(tasks));
    }
  }

  /**
   * Tests of a task, spam not among them.
   *
   * @param hits by arm: how many had the item among 30
   */
  public record Tests(int tests, Map<Arm, Integer> hits) {
    public Tests {
      hits = Collections.unmodifiableMap(new TreeMap<>(hits));
    }

    /** Share of the tests with the item. */
    public double recall(Arm arm) {
      return tests == 0 ? 0 : (double) hits.getOrDefault(arm, 0) / tests;
    }

    Tests plus(Tests other) {
      Map<Arm, Integer> sum = new TreeMap<>(hits);
      other.hits.forEach((arm, some) -> sum.merge(arm, some, Integer::sum));
      return new Tests(tests + other.tests, sum);
    }
  }

  /**
   * A training.
   *
   * @param arm that it was for; the first one is of all
   * @param at simulated time of its request
   * @param reason of its request
   * @param start whether it was a refresh, and why
   * @param accepted by the gate
   */
  public record Training(
      Arm arm,
      int day,
      String at,
      String reason,
      long generation,
      String start,
      boolean accepted,
      double cpuSeconds) {}

  /**
   * A generation of the system in another state.
   *
   * @param why of a decision, or the state's reason
   */
  public record Announced(String at, long generation, String state, String why) {}

  public RehearsalResult {
    days = List.copyOf(days);
    trainings = List.copyOf(trainings);
    announced = List.copyOf(announced);
  }

  /** Whether each request was answered, by one generation; without requests nothing is known. */
  public boolean held() {
    return requests > 0 && failed == 0 && mixed == 0;
  }

  /** All days together. */
  public Tests all(String task) {
    return days.stream()
        .map(day -> day.tasks().getOrDefault(task, new Tests(0, Map.of())))
        .reduce(new Tests(0, Map.of()), Tests::plus);
  }

  /** CPU seconds of an arm's trainings, without the first one, which all have. */
  public double cpuSeconds(Arm arm) {
    return trainings.stream()
        .filter(one -> one.arm() == arm)
        .mapToDouble(Training::cpuSeconds)
        .sum();
  }
}
