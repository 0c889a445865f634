package io.sidestream.experiments.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.experiments.pretrained.GoldenModels;
import io.sidestream.experiments.schemes.TaskIds;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.pretrained.Decoding;
import io.sidestream.learning.pretrained.GeneratedId;
import io.sidestream.learning.pretrained.PretrainedGenerator;
import io.sidestream.learning.pretrained.TextExample;
import io.sidestream.learning.pretrained.TextPrompt;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Beam;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PretrainedTrialGeneratorTest {
  private static final CodebookShape SHAPE = new CodebookShape(2, 3);
  private static final int[][] CODES = {{0, 1}, {1, 0}, {2, 2}, {2, 0}, {0, 1}};
  private static final TaskIds IDS = TaskIds.shared(SHAPE, CODES, 6, 0, new float[CODES.length][1]);
  private static final TaskCatalogue CATALOGUE = TaskCatalogue.of(SHAPE, CODES, new float[5]);
  private static final EvaluationQuery RAIN = new EvaluationQuery.Query("rain");
  private static PretrainedTrialGenerator trial;

  @BeforeAll
  static void train() throws IOException {
    TextPrompts prompts = new TextPrompts(IDS, PromptStyle.OWN);
    List<TextExample> examples =
        List.of(
            new TextExample(TextPrompt.search("rain"), CODES[1]),
            new TextExample(TextPrompt.search("dream"), CODES[2]));
    trial =
        new PretrainedTrialGenerator(
            PretrainedGenerator.train(
                GoldenModels.t5(),
                SHAPE,
                examples,
                new PretrainedGenerator.Settings(4, 4, 2, 2e-3, 0.01, 24),
                1,
                TrainingProgress.NONE),
            prompts);
  }

  @AfterAll
  static void close() {
    trial.close();
  }

  @Test
  void decode_byDefault_ranksAsPublishedBeamsDo_inNats() {
    List<GeneratedId> written =
        trial.generator().generate(TextPrompt.search("rain"), CATALOGUE.trie(), Decoding.PUBLISHED);
    List<Beam> beams = trial.decode(trial.defaultDecoding(), RAIN, CATALOGUE.trie());
    assertEquals(written.size(), beams.size());
    for (int i = 0; i < beams.size(); i++) {
      assertEquals(CATALOGUE.trie().leaf(written.get(i).codes()), beams.get(i).leaf());
      assertEquals(2 * written.get(i).score(), beams.get(i).logProbability(), 1e-12);
      assertTrue(beams.get(i).logProbability() <= written.get(i).logProbability() + 1e-6);
    }
  }

  @Test
  void decode_exact_givesProbabilitiesOfAllIds() {
    List<Beam> beams = trial.decode(IdDecoding.EXACT, RAIN, CATALOGUE.trie());
    assertEquals(4, beams.size());
    assertEquals(
        1, beams.stream().mapToDouble(beam -> Math.exp(beam.logProbability())).sum(), 1e-5);
  }

  @Test
  void losses_afterTraining_areSummedOverCodesAndEnd() {
    List<Double> losses = trial.losses();
    assertEquals(4, losses.size());
    assertEquals(3 * trial.generator().loss(), losses.get(3), 1e-9);
  }
}
