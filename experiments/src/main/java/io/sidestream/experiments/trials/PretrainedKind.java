package io.sidestream.experiments.trials;

import io.sidestream.experiments.pretrained.GeneratorModel;
import io.sidestream.experiments.store.Store;
import io.sidestream.learning.pretrained.PretrainedGenerator;
import io.sidestream.learning.pretrained.TextExample;
import java.io.IOException;
import java.util.List;

/** A language model of a folder, taught a trial's IDs as published: arXiv 2508.10478. */
record PretrainedKind(GeneratorModel model) implements TrialGenerator {
  /*
   * The examples are those of small generators, so that IDs are all that differs between two rows of a table; an example
   * counts once, for the published loss knows no weights.
   */
  @Override
  public Store within(Store store) {
    return store.within(model.key());
  }

  @Override
  public TrainedTrial train(TrialTask task) throws IOException {
    TextPrompts prompts = new TextPrompts(task.ids(), task.style());
    List<TextExample> examples =
        task.examples().stream()
            .map(one -> new TextExample(prompts.learned(one.asked()), one.codes()))
            .toList();
    return new PretrainedTrial(
        PretrainedGenerator.train(
            model.folder().path(),
            task.ids().shape(),
            examples,
            model.settings(),
            task.seed(),
            task.progress()),
        prompts);
  }
}
