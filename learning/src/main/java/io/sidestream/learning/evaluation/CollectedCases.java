package io.sidestream.learning.evaluation;

import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import java.util.List;

/** Held-out events of both tasks with one generation's candidates for each. */
public record CollectedCases(List<CollectedCase> searches, List<CollectedCase> recommendations) {
  public CollectedCases {
    searches = List.copyOf(searches);
    recommendations = List.copyOf(recommendations);
  }

  List<CollectedCase> of(Task task) {
    return task == Task.SEARCH ? searches : recommendations;
  }

  /**
   * The ranks of a task's wanted items by some weights, 0 for the best and {@link
   * Integer#MAX_VALUE} for one that is no candidate, case by case.
   */
  public int[] ranks(Task task, RankingWeights weights) {
    return of(task).stream().mapToInt(one -> one.rank(weights)).toArray();
  }

  /** The ranks of their IDs among those that the generator wrote, likewise. */
  public int[] idRanks(Task task) {
    return of(task).stream().mapToInt(CollectedCase::idRank).toArray();
  }
}
