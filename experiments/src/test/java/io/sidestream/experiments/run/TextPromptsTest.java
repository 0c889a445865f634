package io.sidestream.experiments.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.experiments.schemes.TaskIds;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.pretrained.TextPrompt;
import io.sidestream.model.codes.CodebookShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextPromptsTest {
  private static final int[][] CODES = {{0, 1}, {1, 0}, {1, 1}};
  private static final TaskIds IDS =
      TaskIds.shared(new CodebookShape(2, 2), CODES, 4, 0, new float[CODES.length][1]);
  private static final EvaluationQuery QUERY = new EvaluationQuery.Query("Heist  in a dream");
  private static final EvaluationQuery HISTORY = new EvaluationQuery.History(List.of(2, 0));

  @Test
  void forInference_ownMarkers_isThePublishedPrompt() {
    TextPrompts prompts = new TextPrompts(IDS, PromptStyle.OWN);
    assertSame(TextPrompt.search("heist in a dream"), prompts.forInference(QUERY));
    assertSame(TextPrompt.recommend(List.of(CODES[2], CODES[0])), prompts.forInference(HISTORY));
    assertSame(prompts.forTraining(QUERY), prompts.forInference(QUERY));
  }

  @Test
  void forInference_wrongMarkers_isThePromptWithTheOtherTasksWord() {
    TextPrompts prompts = new TextPrompts(IDS, PromptStyle.WRONG);
    assertEquals("recommend: heist in a dream", prompts.forInference(QUERY).text());
    assertEquals("search:", prompts.forInference(HISTORY).text());
    assertEquals("search: heist in a dream", prompts.forTraining(QUERY).text());
  }

  private static void assertSame(TextPrompt expected, TextPrompt actual) {
    assertEquals(expected.text(), actual.text());
    assertArrayEquals(expected.history().toArray(), actual.history().toArray());
  }
}
