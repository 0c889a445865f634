package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.codebook.FittedCodebook;
import io.sidestream.learning.codebook.ResidualKMeans;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.corpus.QueryLogs;
import io.sidestream.learning.corpus.TinyCorpus;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.HeldOut;
import io.sidestream.learning.evaluation.TrainingExposures;
import io.sidestream.learning.evaluation.WeightTuning;
import io.sidestream.learning.generation.CandidateGeneration;
import io.sidestream.learning.generation.CodedCorpus;
import io.sidestream.learning.generation.ExportedGenerator;
import io.sidestream.learning.generation.GenerationTrainer;
import io.sidestream.learning.generation.PretrainedFolders;
import io.sidestream.learning.generation.TextEmbeddings;
import io.sidestream.learning.generation.TrainedTowers;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import io.sidestream.model.generator.PromptFrame;
import io.sidestream.model.generator.Task;
import io.sidestream.model.generator.TaskMarker;
import io.sidestream.model.ranking.PromptEncoder;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationTrainerTest {
  private static final TrainingSettings SETTINGS = TinyTraining.SETTINGS;
  private static final Corpus CORPUS = TinyCorpus.of(60, 30, WindowLimits.DEFAULT, 3);
  private static final HeldOut HELD_OUT =
      HeldOut.split(CORPUS, SETTINGS.heldOut(), SETTINGS.window(), SETTINGS.seed());

  private static final Path MODELS =
      Path.of("../learning/src/test/resources/golden/huggingface").toAbsolutePath().normalize();

  @TempDir Path directory;

  @Test
  void learn_corpusTakenApart_isWhatThePipelinePublishes() throws Exception {
    PublishedGeneration published =
        new TrainingPipeline(
                SETTINGS,
                BundleStore.of(BundleStoreConfig.directory(directory.resolve("generations"))),
                directory.resolve("work"),
                Optional.empty())
            .train(CORPUS, TinyTraining.order(Optional.empty()), TrainingProgress.NONE);
    Path drafts = directory.resolve("work/drafts");
    try (CandidateGeneration learned =
        new GenerationTrainer(SETTINGS, directory.resolve("work"))
            .learn(HELD_OUT, TrainingProgress.NONE)) {
      assertEquals(published.manifest().ranking(), learned.ranking());
      List<String> terms = learned.queryLog().terms().terms();
      assertEquals(QueryLogs.of(HELD_OUT.training()).terms().terms(), terms);
      assertFalse(terms.isEmpty());
      Prompt prompt = new Prompt.ForSearch("a robot in space", 5, Set.of(), Optional.empty());
      assertEquals(5, learned.answering().answer(prompt, learned.catalogue()).items().size());
      assertTrue(tunedOnSearchesOfTraining(learned).of(RankingFeature.QUERY_LOG) > 0);
      assertEquals(10, learned.generator().losses().points().size());
      assertEquals(20, learned.space().losses().points().size());
    }
    try (var left = Files.list(drafts)) {
      assertFalse(left.findAny().isPresent(), "drafts go");
    }
  }

  /** On events that the query log contains: it gets a weight there. */
  private static RankingWeights tunedOnSearchesOfTraining(CandidateGeneration learned) {
    TrainingExposures exposures =
        new TrainingExposures(HELD_OUT.training(), new ItemRows(HELD_OUT.training().items()));
    List<EvaluationCase> cases =
        HELD_OUT.training().searches().stream().map(exposures::search).toList();
    return WeightTuning.tune(learned.collect(cases, "seen", TrainingProgress.NONE), Task.SEARCH);
  }

  @Test
  void learn_codesOfAnotherShapeAndMarking_areWrittenByAGenerator() throws Exception {
    try (BundleWriter draft = BundleWriter.stage(directory, new Generation(1));
        TextEmbeddings texts =
            TextEmbeddings.read(
                HELD_OUT.training(), SETTINGS, directory, draft, TrainingProgress.NONE)) {
      TrainedTowers space =
          TrainedTowers.learn(HELD_OUT.training(), texts, SETTINGS, draft, TrainingProgress.NONE);
      FittedCodebook flat =
          ResidualKMeans.fit(
              space.vectors(), new CodebookShape(1, 12), 5, 2, 1, TrainingProgress.NONE);
      ResidualCodebook codebook = flat.codebook();
      CodedCorpus coded = CodedCorpus.of(codebook, flat.codes(), space, HELD_OUT.training());
      try (ExportedGenerator generator =
          ExportedGenerator.learn(
              texts, space, coded, TaskMarker.NONE, SETTINGS, draft, TrainingProgress.NONE)) {
        assertEquals(1, generator.shape().codebook().levels());
        PromptEncoder prompts = generator.prompts();
        int[] search = prompts.search("a robot").tokens();
        int[] history = prompts.tokens().recommendation(List.of(flat.codes()[0]));
        assertEquals(search[0], history[0]);
        assertNotEquals(
            search[0], generator.prompts(TaskMarker.WRONG).search("a robot").tokens()[0]);
      }
    }
  }

  @Test
  void learn_modelsOfFolders_answersAsTheFoldersCompute() throws Exception {
    TrainingSettings settings =
        SETTINGS.with(
            Map.of(
                "trainer.encoder.model", MODELS.resolve("served/mpnet-dense").toString(),
                "trainer.encoder.model.fine.tuned", "true",
                "trainer.encoder.fine.tuning.steps", "3",
                "trainer.generator.model", MODELS.resolve("t5-relu").toString(),
                "trainer.generator.model.normalizer", "vocabulary"));
    PretrainedFolders.require(settings);
    try (CandidateGeneration learned =
        new GenerationTrainer(settings, directory.resolve("work"))
            .learn(HELD_OUT, TrainingProgress.NONE)) {
      assertEquals(10, learned.space().towers().textDimensions());
      assertTrue(learned.generator().parity() < 1e-4, "parity " + learned.generator().parity());
      PromptFrame frame = learned.generator().prompts().tokens().vocabulary().frame().orElseThrow();
      int[] search = learned.generator().prompts().search("a robot in space").tokens();
      assertEquals(frame.search()[0], search[0]);
      assertEquals(frame.endToken(), search[search.length - 1]);
      Prompt prompt = new Prompt.ForSearch("a robot in space", 5, Set.of(), Optional.empty());
      assertEquals(5, learned.answering().answer(prompt, learned.catalogue()).items().size());
    }
  }
}
