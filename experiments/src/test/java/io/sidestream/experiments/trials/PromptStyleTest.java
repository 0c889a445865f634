package io.sidestream.experiments.trials;

import static io.sidestream.model.generator.Task.RECOMMENDATION;
import static io.sidestream.model.generator.Task.SEARCH;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PromptStyleTest {
  @Test
  void own_isTheTasksOwnAlways() {
    assertEquals(RECOMMENDATION, PromptStyle.OWN.learned(RECOMMENDATION));
    assertEquals(RECOMMENDATION, PromptStyle.OWN.asked(RECOMMENDATION));
    assertEquals(SEARCH, PromptStyle.OWN.asked(SEARCH));
  }

  @Test
  void none_isTheSameForBothTasks() {
    assertEquals(PromptStyle.NONE.learned(SEARCH), PromptStyle.NONE.learned(RECOMMENDATION));
    assertEquals(PromptStyle.NONE.asked(SEARCH), PromptStyle.NONE.asked(RECOMMENDATION));
  }

  @Test
  void wrong_isLearnedRightAndAskedWrong() {
    assertEquals(SEARCH, PromptStyle.WRONG.learned(SEARCH));
    assertEquals(RECOMMENDATION, PromptStyle.WRONG.asked(SEARCH));
    assertEquals(SEARCH, PromptStyle.WRONG.asked(RECOMMENDATION));
  }
}
