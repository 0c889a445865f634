package io.sidestream.experiments.data;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.model.generator.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Cases of one kind, evaluated together.
 *
 * @param name {@value #REC}; {@code tags}, or another name of users' searches; {@value #QUERIES}
 * @param cases at least one, all of the task
 */
public record CaseGroup(String name, Task task, List<EvaluationCase> cases) {
  /** Recommendations: the next item that a user interacted with. */
  public static final String REC = "rec";

  /** Queries in free text, without a user. */
  public static final String QUERIES = "queries";

  public CaseGroup {
    cases = List.copyOf(cases);
    check(!cases.isEmpty(), "group %s has no cases", name);
    check(
        cases.stream().allMatch(one -> one.query().task() == task),
        "group %s holds a case of another task than %s",
        name,
        task.label());
  }

  /** At most {@code n} of its cases, drawn at random, in their order. */
  public CaseGroup drawn(int n, Random random) {
    List<Integer> places = new ArrayList<>(IntStream.range(0, cases.size()).boxed().toList());
    Collections.shuffle(places, random);
    return new CaseGroup(name, task, places.stream().limit(n).sorted().map(cases::get).toList());
  }
}
