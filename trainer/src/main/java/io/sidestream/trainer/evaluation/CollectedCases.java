package io.sidestream.trainer.evaluation;

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
}
