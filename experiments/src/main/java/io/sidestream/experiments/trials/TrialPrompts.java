package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.Asked;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.NormalizedQuery;
import java.util.List;

/** Writes prompts as published: a task's marker, then a query's words or a history's IDs. */
record TrialPrompts(PromptTokens tokens, TrialTask task, Sight sight) {

  /** A prompt to learn from. */
  GeneratorPrompt learned(Asked asked) {
    return prompt(asked, task.style().learned(asked.task()));
  }

  /** A prompt to be answered. */
  GeneratorPrompt asked(Asked asked) {
    return prompt(asked, task.style().asked(asked.task()));
  }

  private GeneratorPrompt prompt(Asked asked, Task marker) {
    GeneratorPrompt prompt = asked.fold(this::query, this::history);
    int[] written = prompt.tokens();
    written[0] = tokens.vocabulary().marker(marker);
    return new GeneratorPrompt(written, prompt.vector());
  }

  private GeneratorPrompt query(Asked.Query query) {
    String normalized = NormalizedQuery.of(query.text());
    return new GeneratorPrompt(
        tokens.search(normalized), sight.query(task.texts().vector(normalized)));
  }

  private GeneratorPrompt history(Asked.History history) {
    List<int[]> codes = task.ids().written(history.rows());
    return new GeneratorPrompt(tokens.recommendation(codes), sight.history(history.rows()));
  }
}
