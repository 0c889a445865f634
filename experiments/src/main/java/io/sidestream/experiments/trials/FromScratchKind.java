package io.sidestream.experiments.trials;

import io.sidestream.experiments.store.Store;
import io.sidestream.learning.examples.PieceVocabulary;
import io.sidestream.learning.generator.GeneratorExample;
import io.sidestream.learning.generator.GeneratorTraining;
import io.sidestream.learning.generator.GeneratorWeights;
import io.sidestream.learning.settings.GeneratorSettings;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.PromptTokens;
import java.io.IOException;
import java.util.List;

/** Small T5s trained from scratch, whose prompts carry the query's vector. */
record FromScratchKind(TrialSettings settings) implements TrialGenerator {
  @Override
  public Store within(Store store) {
    return store;
  }

  @Override
  public TrainedTrial train(TrialTask task) throws IOException {
    TrialPrompts prompts = prompts(task);
    GeneratorShape shape = shape(task, prompts);
    GeneratorWeights trained =
        GeneratorTraining.train(
            shape,
            prompts.sight().geometry(),
            task.allIds(),
            examples(task, prompts),
            settings.generator().training(),
            task.seed(),
            task.progress());
    return FromScratch.exported(trained, prompts, settings.beams());
  }

  private static List<GeneratorExample> examples(TrialTask task, TrialPrompts prompts) {
    return task.examples().stream()
        .map(
            one ->
                new GeneratorExample(
                    prompts.learned(one.asked()), one.codes(), (float) one.weight()))
        .toList();
  }

  private TrialPrompts prompts(TrialTask task) {
    GeneratorVocabulary vocabulary =
        PieceVocabulary.of(
            task.material().pool().queries(), task.texts().pieces(), task.ids().shape());
    int most = settings.generator().maxTokens();
    float[][] itemTexts = task.texts().vectors(task.material().itemTexts());
    return new TrialPrompts(
        new PromptTokens(vocabulary, task.texts().pieces(), most),
        task,
        PromptFeatures.of(itemTexts, task.ids()));
  }

  private GeneratorShape shape(TrialTask task, TrialPrompts prompts) {
    GeneratorSettings sizes = settings.generator();
    return new GeneratorShape(
        task.ids().shape(),
        prompts.tokens().vocabulary().size(),
        prompts.sight().dimensions(),
        sizes.dimensions(),
        sizes.layers(),
        sizes.heads(),
        sizes.feedForward(),
        sizes.maxTokens());
  }
}
