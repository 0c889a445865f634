package io.sidestream.experiments.run;

import io.sidestream.experiments.schemes.TaskIds;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.pretrained.TextPrompt;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.NormalizedQuery;
import java.util.List;

/** Prompts of language models: a task's word, then a query, or the IDs of a history. */
record TextPrompts(TaskIds ids, PromptStyle style) {
  TextPrompt forTraining(EvaluationQuery query) {
    return prompt(query, style.inTraining(query.task()));
  }

  TextPrompt forInference(EvaluationQuery query) {
    return prompt(query, style.atInference(query.task()));
  }

  private TextPrompt prompt(EvaluationQuery query, Task marker) {
    TextPrompt empty =
        marker == Task.SEARCH ? TextPrompt.search("") : TextPrompt.recommend(List.of());
    String word = empty.text().strip();
    return query.fold(
        words -> new TextPrompt(word + " " + NormalizedQuery.of(words.text()), List.of()),
        history -> new TextPrompt(word, ids.ofHistory(history.rows())));
  }
}
