package io.sidestream.experiments.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.sidestream.experiments.pretrained.EncoderModel;
import io.sidestream.experiments.pretrained.GoldenModels;
import io.sidestream.experiments.pretrained.PretrainedModels;
import io.sidestream.learning.biencoder.BiEncoderCorpus;
import io.sidestream.learning.pretrained.PretrainedEncoder;
import io.sidestream.learning.pretrained.TextPair;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.Profile;
import io.sidestream.learning.settings.TrainingSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FineTuningTest {
  private static final long SEED = 5;
  private static final PretrainedEncoder.Settings LEARNING =
      new PretrainedEncoder.Settings(2, 4, 4, 1e-3, 0.1, 0.05);
  private static final EncoderModel MODEL =
      PretrainedModels.NONE
          .withEncoder(GoldenModels.mpnet(), Optional.of(LEARNING))
          .encoder()
          .orElseThrow();
  private static final List<String> ITEMS =
      List.of("a heist in the dream", "the city of rain and fog", "robots love trains");
  private static final List<String> LEARNED = List.of("heist", "rain");
  private static final List<String> ASKED = List.of("trains", "rain");
  private static final List<TextPair> CHOSEN =
      List.of(new TextPair("heist", ITEMS.get(0)), new TextPair("rain", ITEMS.get(1)));
  private static final List<TextPair> TOGETHER =
      List.of(new TextPair(ITEMS.get(0), ITEMS.get(2)), new TextPair(ITEMS.get(1), ITEMS.get(2)));

  @Test
  void learn_searchTuned_isTheEncoderTunedOnQueriesAlone() throws IOException {
    assertIs(learn(BiEncoderRecipe.SEARCH_TUNED), CHOSEN, List.of());
  }

  @Test
  void learn_multiTask_isTheEncoderTunedOnBothKindsOfPairs() throws IOException {
    assertIs(learn(BiEncoderRecipe.MULTI_TASK), CHOSEN, TOGETHER);
  }

  private static EmbeddingSpace learn(BiEncoderRecipe recipe) throws IOException {
    return new FineTuning(MODEL, ASKED, TrainingSettings.profile(Profile.QUICK).encoder())
        .learn(corpus(), recipe, SEED, TrainingProgress.NONE);
  }

  private static void assertIs(EmbeddingSpace space, List<TextPair> queries, List<TextPair> items)
      throws IOException {
    try (PretrainedEncoder encoder =
        PretrainedEncoder.fineTuned(
            GoldenModels.mpnet(), queries, items, LEARNING, SEED, TrainingProgress.NONE)) {
      assertArrayEquals(encoder.encode(ITEMS), space.items());
      float[][] asked = encoder.encode(ASKED);
      for (int query = 0; query < asked.length; query++) {
        assertArrayEquals(asked[query], space.query(ASKED.get(query), text -> null), 1e-6f);
      }
    }
  }

  private static BiEncoderCorpus corpus() {
    return new BiEncoderCorpus(
        ITEMS,
        new float[][] {{1}, {1}, {1}},
        new float[3][1],
        LEARNED,
        new float[][] {{1}, {1}},
        List.of(new BiEncoderCorpus.QueryItem(0, 0, 1), new BiEncoderCorpus.QueryItem(1, 1, 0.5)),
        List.of(new BiEncoderCorpus.ItemItem(0, 2, 3), new BiEncoderCorpus.ItemItem(1, 2, 1)),
        List.of(),
        new boolean[] {true, true, true});
  }
}
