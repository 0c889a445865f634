package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.EvaluationQuery;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.NormalizedQuery;
import java.util.List;

/** Writes prompts as published: a task's marker, then a query's words or a history's IDs. */
record TrialPrompts(PromptTokens tokens, TrialTask task, PromptFeatures sight) {

  /** A prompt to learn from. */
  GeneratorPrompt learned(EvaluationQuery asked) {
    return prompt(asked, task.style().learned(asked.task()));
  }

  /** A prompt to be answered. */
  GeneratorPrompt asked(EvaluationQuery asked) {
    return prompt(asked, task.style().asked(asked.task()));
  }

  private GeneratorPrompt prompt(EvaluationQuery asked, Task marker) {
    GeneratorPrompt prompt = asked.fold(this::query, this::history);
    int[] written = prompt.tokens();
    written[0] = tokens.vocabulary().marker(marker);
    return new GeneratorPrompt(written, prompt.vector());
  }

  private GeneratorPrompt query(EvaluationQuery.Query query) {
    String normalized = NormalizedQuery.of(query.text());
    return new GeneratorPrompt(
        tokens.search(normalized), sight.query(task.texts().vector(normalized)));
  }

  private GeneratorPrompt history(EvaluationQuery.History history) {
    List<int[]> codes = task.ids().written(history.rows());
    return new GeneratorPrompt(tokens.recommendation(codes), sight.history(history.rows()));
  }
}
