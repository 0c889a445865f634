package io.sidestream.experiments.trials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.experiments.data.Asked;
import io.sidestream.experiments.data.Band;
import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.data.Standing;
import io.sidestream.experiments.published.GoldenModels;
import io.sidestream.experiments.ways.TaskIds;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Beam;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.huggingface.Decoding;
import io.sidestream.trainer.huggingface.PublishedGenerator;
import io.sidestream.trainer.huggingface.TextExample;
import io.sidestream.trainer.huggingface.TextPrompt;
import io.sidestream.trainer.huggingface.WrittenId;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PublishedTrialTest {
  private static final CodebookShape SHAPE = new CodebookShape(2, 3);
  private static final int[][] CODES = {{0, 1}, {1, 0}, {2, 2}, {2, 0}, {0, 1}};
  private static final TaskIds IDS = TaskIds.shared(SHAPE, CODES, 6, 0, new float[CODES.length][1]);
  private static final TaskCatalogue CATALOGUE = TaskCatalogue.of(SHAPE, CODES, new float[5]);
  private static final Case RAIN =
      new Case(new Asked.Query("rain"), 1, Set.of(), new Standing(Band.TAIL, false, false, false));

  private static PublishedTrial trial;

  @BeforeAll
  static void train() throws IOException {
    TextPrompts prompts = new TextPrompts(IDS, PromptStyle.OWN);
    List<TextExample> examples =
        List.of(
            new TextExample(TextPrompt.search("rain"), CODES[1]),
            new TextExample(TextPrompt.search("dream"), CODES[2]));
    trial =
        new PublishedTrial(
            PublishedGenerator.train(
                GoldenModels.t5(),
                SHAPE,
                examples,
                new PublishedGenerator.Settings(4, 4, 2, 2e-3, 0.01, 24),
                1,
                TrainingProgress.NONE),
            prompts);
  }

  @AfterAll
  static void close() {
    trial.close();
  }

  @Test
  void usual_ranksAsPublishedBeamsDo_inNats() {
    List<WrittenId> written =
        trial.generator().generate(TextPrompt.search("rain"), CATALOGUE.trie(), Decoding.PUBLISHED);
    List<Beam> beams = trial.usual().decode(RAIN, CATALOGUE);
    assertEquals(written.size(), beams.size());
    for (int i = 0; i < beams.size(); i++) {
      assertEquals(CATALOGUE.trie().leaf(written.get(i).codes()), beams.get(i).leaf());
      assertEquals(2 * written.get(i).score(), beams.get(i).logProbability(), 1e-12);
      assertTrue(beams.get(i).logProbability() <= written.get(i).logProbability() + 1e-6);
    }
  }

  @Test
  void decoders_exact_givesProbabilitiesOfAllIds() {
    List<Beam> beams = trial.decoders().get(Decodings.EXACT).decode(RAIN, CATALOGUE);
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
