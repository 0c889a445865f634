package io.sidestream.learning.evaluation;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.generator.Task;
import io.sidestream.schemas.UserId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A held-out event: a prompt, and the item that an answer should rank first.
 *
 * @param user whose event it was; none of a search that names no user
 * @param relevant row of the item that the user chose
 * @param excluded rows that an answer must not contain: the items of the history
 * @param exposure of the relevant item in training
 */
public record EvaluationCase(
    Optional<UserId> user,
    EvaluationQuery query,
    int relevant,
    Set<Integer> excluded,
    TrainingExposure exposure) {
  public EvaluationCase {
    excluded = Set.copyOf(excluded);
    check(relevant >= 0, "relevant row is %d, expected 0 or more", relevant);
    check(!excluded.contains(relevant), "relevant row %d is excluded", relevant);
  }

  /** The cases of one task, in their order. */
  public static List<EvaluationCase> of(Task task, List<EvaluationCase> cases) {
    return cases.stream().filter(one -> one.query().task() == task).toList();
  }
}
