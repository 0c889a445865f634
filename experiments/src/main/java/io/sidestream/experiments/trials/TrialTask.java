package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.Asked;
import io.sidestream.experiments.spaces.LearningMaterial;
import io.sidestream.experiments.spaces.Texts;
import io.sidestream.experiments.ways.TaskIds;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.examples.Histories;
import io.sidestream.trainer.examples.QueryPool;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one trial's generator has to learn, whichever kind it is.
 *
 * @param texts that know all queries
 */
record TrialTask(
    LearningMaterial material,
    Texts texts,
    TaskIds ids,
    PromptStyle style,
    long seed,
    TrainingProgress progress) {

  /** Queries and histories with the IDs that answer them. */
  List<TrialExample> examples() {
    List<TrialExample> examples = new ArrayList<>();
    for (QueryPool.Chosen one : material.pool().chosen()) {
      Asked query = new Asked.Query(material.pool().queries().get(one.query()));
      examples.add(new TrialExample(query, ids.search()[one.row()], one.weight()));
    }
    for (Histories.Step step : material.histories()) {
      Asked history = new Asked.History(step.rows());
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
