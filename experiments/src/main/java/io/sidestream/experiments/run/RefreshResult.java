package io.sidestream.experiments.run;

import io.sidestream.experiments.evaluation.CaseValues;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Trainings after each cut of a data set's events, by arm. */
public record RefreshResult(List<Trained> steps) {
  public RefreshResult {
    steps = List.copyOf(steps);
  }

  /**
   * What was found of the cases of a task.
   *
   * @param found case by case: 1 where the item was among the first 30, else 0
   * @param users whose cases they are, as many; empty without a user
   */
  public record Hits(List<Integer> found, List<String> users) {
    static final Hits NONE = new Hits(List.of(), List.of());

    public Hits {
      found = List.copyOf(found);
      users = List.copyOf(users);
    }

    CaseValues values() {
      return new CaseValues(
          found.stream().mapToDouble(Integer::doubleValue).toArray(),
          users.stream()
              .map(
                  user -> user.isEmpty() ? Optional.<UserId>empty() : Optional.of(new UserId(user)))
              .toList());
    }
  }

  /**
   * One training and what came of it.
   *
   * @param cut 1 for the first refresh
   * @param cpuSeconds of the process while it was trained; 0 where nothing was
   * @param kept shares of the first code, the second …, and the ID that items keep of the arm's
   *     generation before
   * @param hits by task
   */
  public record Trained(
      int cut, String arm, double cpuSeconds, List<Double> kept, Map<String, Hits> hits) {
    public Trained {
      kept = List.copyOf(kept);
      hits = new TreeMap<>(hits);
    }

    /** By task, case by case: 1 where the item was among the first 30, else 0. */
    public CaseValues hits(Task task) {
      return hits.getOrDefault(task.label(), Hits.NONE).values();
    }
  }
}
