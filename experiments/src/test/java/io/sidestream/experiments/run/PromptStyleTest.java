package io.sidestream.experiments.run;

import static io.sidestream.model.generator.Task.RECOMMENDATION;
import static io.sidestream.model.generator.Task.SEARCH;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PromptStyleTest {
  @Test
  void own_isTheTasksOwnAlways() {
    assertEquals(RECOMMENDATION, PromptStyle.OWN.inTraining(RECOMMENDATION));
    assertEquals(RECOMMENDATION, PromptStyle.OWN.atInference(RECOMMENDATION));
    assertEquals(SEARCH, PromptStyle.OWN.atInference(SEARCH));
  }

  @Test
  void none_isTheSameForBothTasks() {
    assertEquals(PromptStyle.NONE.inTraining(SEARCH), PromptStyle.NONE.inTraining(RECOMMENDATION));
    assertEquals(
        PromptStyle.NONE.atInference(SEARCH), PromptStyle.NONE.atInference(RECOMMENDATION));
  }

  @Test
  void wrong_isRightInTrainingAndWrongAtInference() {
    assertEquals(SEARCH, PromptStyle.WRONG.inTraining(SEARCH));
    assertEquals(RECOMMENDATION, PromptStyle.WRONG.atInference(SEARCH));
    assertEquals(SEARCH, PromptStyle.WRONG.atInference(RECOMMENDATION));
  }
}
