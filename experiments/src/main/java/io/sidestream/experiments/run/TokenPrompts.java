package io.sidestream.experiments.run;

import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.NormalizedQuery;
import java.util.List;

/** Prompts of small generators: a task's marker, then a query's word pieces or a history's IDs. */
record TokenPrompts(PromptTokens tokens, Trial trial, PromptFeatures features) {
  GeneratorPrompt forTraining(EvaluationQuery query) {
    return prompt(query, trial.style().inTraining(query.task()));
  }

  GeneratorPrompt forInference(EvaluationQuery query) {
    return prompt(query, trial.style().atInference(query.task()));
  }

  private GeneratorPrompt prompt(EvaluationQuery query, Task marker) {
    GeneratorPrompt prompt = query.fold(this::query, this::history);
    int[] written = prompt.tokens();
    written[0] = tokens.vocabulary().marker(marker);
    return new GeneratorPrompt(written, prompt.vector());
  }

  private GeneratorPrompt query(EvaluationQuery.Query query) {
    String normalized = NormalizedQuery.of(query.text());
    return new GeneratorPrompt(
        tokens.search(normalized), features.query(trial.texts().vector(normalized)));
  }

  private GeneratorPrompt history(EvaluationQuery.History history) {
    List<int[]> codes = trial.ids().ofHistory(history.rows());
    return new GeneratorPrompt(tokens.recommendation(codes), features.history(history.rows()));
  }
}
