package io.sidestream.experiments.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.experiments.data.CaseGroup;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskCollapseTest {
  private static final GroupEvaluation BEST = TinyGroup.recalling("multi-task", 16);

  @Test
  void of_farBelowTheBest_isNamed() {
    TaskCollapse collapse = of(TinyGroup.recalling("rec-tuned", 1), 0.002, 0).orElseThrow();

    assertEquals(
        "task collapse: rec-tuned has lost tags: recall@30 .010 against .160 of multi-task",
        collapse.sentence());
  }

  @Test
  void of_noBetterThanChance_isNamedAgainstIt() {
    assertEquals("random", of(TinyGroup.recalling("a", 1), 0.009, 0).orElseThrow().yardstick());
  }

  @Test
  void of_farBelowPopularity_isNamedAgainstIt() {
    assertEquals(
        "popularity", of(TinyGroup.recalling("a", 5), 0.002, 0.3).orElseThrow().yardstick());
  }

  @Test
  void of_quarterOfTheBest_isNoCollapse() {
    assertEquals(Optional.empty(), of(TinyGroup.recalling("a", 4), 0.002, 0.1));
    assertEquals(Optional.empty(), of(BEST, 0.002, 0.1));
  }

  @Test
  void of_otherGroup_isRefused() {
    GroupEvaluation one = TinyGroup.recalling("a", 1);
    GroupEvaluation other =
        new GroupEvaluation(
            "b", new CaseGroup("queries", one.group().task(), one.group().cases()), one.rankings());
    assertThrows(IllegalArgumentException.class, () -> TaskCollapse.of(one, 0, 0, List.of(other)));
  }

  private static Optional<TaskCollapse> of(
      GroupEvaluation system, double random, double popularity) {
    return TaskCollapse.of(system, random, popularity, List.of(BEST, system));
  }
}
