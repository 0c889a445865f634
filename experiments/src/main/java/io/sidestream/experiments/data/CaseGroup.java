package io.sidestream.experiments.data;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.generator.Task;
import java.util.List;

/**
 * Cases of one kind, which are averaged over.
 *
 * @param name {@value #REC}; {@code tags}, or what else searches by people are called; {@value
 *     #QUERIES}
 * @param cases at least one, all of the task
 */
public record CaseGroup(String name, Task task, List<Case> cases) {
  /** Recommendations: the next item that a person met. */
  public static final String REC = "rec";

  /** Searches by nobody, in free text. */
  public static final String QUERIES = "queries";

  public CaseGroup {
    cases = List.copyOf(cases);
    check(!cases.isEmpty(), "group %s has no cases", name);
    check(
        cases.stream().allMatch(one -> one.asked().task() == task),
        "group %s holds a case of another task than %s",
        name,
        task.label());
  }
}
