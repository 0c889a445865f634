package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.Asked;
import io.sidestream.experiments.spaces.LearningMaterial;
import io.sidestream.experiments.ways.TaskIds;
import io.sidestream.trainer.examples.Histories;
import io.sidestream.trainer.examples.QueryPool;
import io.sidestream.trainer.generator.GeneratorExample;
import java.util.ArrayList;
import java.util.List;

/** What a trial's generator learns from: queries and histories with the IDs that answer them. */
record TrialExamples(TrialPrompts prompts, TaskIds ids) {
  List<GeneratorExample> of(LearningMaterial material) {
    List<GeneratorExample> examples = new ArrayList<>();
    for (QueryPool.Chosen one : material.pool().chosen()) {
      Asked query = new Asked.Query(material.pool().queries().get(one.query()));
      examples.add(
          new GeneratorExample(
              prompts.learned(query), ids.search()[one.row()], (float) one.weight()));
    }
    for (Histories.Step step : material.histories()) {
      examples.add(
          new GeneratorExample(
              prompts.learned(new Asked.History(step.rows())),
              ids.recommendation()[step.next()],
              1));
    }
    return examples;
  }
}
