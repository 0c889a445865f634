package io.sidestream.experiments.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Trainings after each cut of a data set's events, by arm. */
public record RefreshResult(List<Trained> steps) {
  public RefreshResult {
    steps = List.copyOf(steps);
  }

  /**
   * One training and what came of it.
   *
   * @param cut 1 for the first refresh
   * @param cpuSeconds of the process while it was trained; 0 where nothing was
   * @param kept shares of the first code, the second …, and the ID that items keep of the arm's
   *     generation before
   * @param hits by task, case by case: 1 where the item was among the first 30, else 0
   */
  public record Trained(
      int cut, String arm, double cpuSeconds, List<Double> kept, Map<String, List<Integer>> hits) {
    public Trained {
      kept = List.copyOf(kept);
      hits = new TreeMap<>(hits);
    }
  }
}
