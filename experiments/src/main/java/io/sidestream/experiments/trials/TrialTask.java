package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.EvaluationQuery;
import io.sidestream.experiments.embedding.Texts;
import io.sidestream.experiments.embedding.TrainingData;
import io.sidestream.experiments.schemes.TaskIds;
import io.sidestream.learning.examples.Histories;
import io.sidestream.learning.examples.QueryPool;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodeTrie;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one trial's generator has to learn, whichever kind it is.
 *
 * @param texts that know all queries
 */
record TrialTask(
    TrainingData material,
    Texts texts,
    TaskIds ids,
    PromptStyle style,
    long seed,
    TrainingProgress progress) {

  /** Queries and histories with the IDs that answer them. */
  List<TrialExample> examples() {
    List<TrialExample> examples = new ArrayList<>();
    for (QueryPool.Chosen one : material.pool().chosen()) {
      EvaluationQuery query = new EvaluationQuery.Query(material.pool().queries().get(one.query()));
      examples.add(new TrialExample(query, ids.search()[one.row()], one.weight()));
    }
    for (Histories.Step step : material.histories()) {
      EvaluationQuery history = new EvaluationQuery.History(step.rows());
      examples.add(new TrialExample(history, ids.recommendation()[step.next()], 1));
    }
    return examples;
  }

  /** The IDs of both tasks: what the generator learns to choose among. */
  CodeTrie allIds() {
    return CodeTrie.of(
        ids.shape(), Stream.of(ids.search(), ids.recommendation()).flatMap(Stream::of).toList());
  }
}
