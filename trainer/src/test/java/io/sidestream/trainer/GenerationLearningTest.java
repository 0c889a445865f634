package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.answers.RankingWeights;
import io.sidestream.model.generator.Task;
import io.sidestream.trainer.corpus.Cases;
import io.sidestream.trainer.corpus.SearchCase;
import io.sidestream.trainer.evaluation.WeightTuning;
import io.sidestream.model.answers.Prompts;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.generator.Marking;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.pairs.WindowLimits;
import io.sidestream.trainer.codebook.FittedCodebook;
import io.sidestream.trainer.codebook.ResidualKMeans;
import io.sidestream.trainer.corpus.Corpus;
import io.sidestream.trainer.corpus.HeldOut;
import io.sidestream.trainer.corpus.RememberedSearches;
import io.sidestream.trainer.corpus.TinyCorpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationLearningTest {
  private static final TrainingSettings SETTINGS = TinyTraining.SETTINGS;
  private static final Corpus CORPUS = TinyCorpus.of(60, 30, WindowLimits.DEFAULT, 3);
  private static final HeldOut HELD_OUT =
      HeldOut.split(CORPUS, SETTINGS.heldOut(), SETTINGS.window(), SETTINGS.seed());

  @TempDir Path directory;

  @Test
  void learn_corpusTakenApart_isWhatThePipelinePublishes() throws Exception {
    TrainedGeneration published =
        new TrainingPipeline(SETTINGS, directory.resolve("generations"), directory.resolve("work"))
            .train(CORPUS, TinyTraining.order(Optional.empty()), TrainingProgress.NONE);
    Path drafts = directory.resolve("work/drafts");
    try (LearnedGeneration learned =
        new GenerationLearning(SETTINGS, directory.resolve("work"))
            .learn(HELD_OUT, TrainingProgress.NONE)) {
      assertEquals(published.manifest().ranking(), learned.ranking());
      assertEquals(
          RememberedSearches.of(HELD_OUT.training()).words(), learned.pastSearches().words());
      assertFalse(learned.pastSearches().isEmpty());
      Prompt prompt = new Prompt.ForSearch("a robot in space", 5, Set.of(), Optional.empty());
      assertEquals(5, learned.answering().answer(prompt, learned.catalogue()).items().size());
      assertTrue(tunedOnSearchesOfTraining(learned).past() > 0);
      assertEquals(10, learned.generator().losses().points().size());
      assertEquals(20, learned.space().losses().points().size());
    }
    try (var left = Files.list(drafts)) {
      assertFalse(left.findAny().isPresent(), "drafts go");
    }
  }

  /** By events that the index of past searches has seen: it is worth a weight there. */
  private static RankingWeights tunedOnSearchesOfTraining(LearnedGeneration learned) {
    List<SearchCase> seen =
        HELD_OUT.training().searches().stream()
            .map(search -> new SearchCase(search.query(), search.clicked(), true))
            .toList();
    Cases cases = new Cases(seen, List.of());
    return WeightTuning.tune(learned.collect(cases, "seen", TrainingProgress.NONE), Task.SEARCH);
  }

  @Test
  void learn_codesOfAnotherShapeAndMarking_areWrittenByAGenerator() throws Exception {
    try (BundleWriter draft = BundleWriter.stage(directory, new Generation(1));
        LearnedTexts texts =
            LearnedTexts.read(
                HELD_OUT.training(), SETTINGS, directory, draft, TrainingProgress.NONE)) {
      LearnedSpace space =
          LearnedSpace.learn(HELD_OUT.training(), texts, SETTINGS, draft, TrainingProgress.NONE);
      FittedCodebook flat =
          ResidualKMeans.fit(
              space.vectors(), new CodebookShape(1, 12), 5, 2, 1, TrainingProgress.NONE);
      ResidualCodebook codebook = flat.codebook();
      CodedCorpus coded = CodedCorpus.of(codebook, flat.codes(), space, HELD_OUT.training());
      try (LearnedGenerator generator =
          LearnedGenerator.learn(
              texts, space, coded, Marking.NONE, SETTINGS, draft, TrainingProgress.NONE)) {
        assertEquals(1, generator.shape().codebook().levels());
        Prompts prompts = generator.prompts();
        int[] search = prompts.search("a robot").tokens();
        int[] history = prompts.tokens().recommendation(List.of(flat.codes()[0]));
        assertEquals(search[0], history[0]);
        assertNotEquals(search[0], generator.prompts(Marking.WRONG).search("a robot").tokens()[0]);
      }
    }
  }
}
