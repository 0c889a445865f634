package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.EvaluationQuery;
import io.sidestream.experiments.schemes.TaskIds;
import io.sidestream.learning.pretrained.TextPrompt;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.NormalizedQuery;
import java.util.List;

/** Writes prompts as text: a task's word, then a query, or the IDs of a history. */
record TextPrompts(TaskIds ids, PromptStyle style) {
  /** A prompt to learn from. */
  TextPrompt learned(EvaluationQuery asked) {
    return prompt(asked, style.learned(asked.task()));
  }

  /** A prompt to be answered. */
  TextPrompt asked(EvaluationQuery asked) {
    return prompt(asked, style.asked(asked.task()));
  }

  private TextPrompt prompt(EvaluationQuery asked, Task marker) {
    TextPrompt empty =
        marker == Task.SEARCH ? TextPrompt.search("") : TextPrompt.recommend(List.of());
    String word = empty.text().strip();
    return asked.fold(
        query -> new TextPrompt(word + " " + NormalizedQuery.of(query.text()), List.of()),
        history -> new TextPrompt(word, ids.written(history.rows())));
  }
}
