package io.sidestream.learning.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.TinyCorpus;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.settings.Profile;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.model.bundle.BundleWriter;
import io.sidestream.model.vectors.Vectors;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnmetItemsTest {
  private static final TrainingSettings SETTINGS =
      TrainingSettings.profile(Profile.QUICK)
          .with(
              Map.of(
                  "trainer.text.max.tokens", "16",
                  "trainer.collaborative.dimensions", "8",
                  "trainer.encoder.dimensions", "16",
                  "trainer.encoder.sampled.negatives", "20",
                  "trainer.encoder.steps", "20",
                  "trainer.encoder.batch.size", "16"));

  private static final Corpus CORPUS = TinyCorpus.of(40, 20, WindowLimits.DEFAULT, 3);
  private static final Set<Integer> WITHHELD = Set.of(3, 17, 28);

  @TempDir Path directory;

  @Test
  void vectors_itemsWithEvents_areThoseOfItemsWithoutAny() throws Exception {
    Learned met = learned("met", CORPUS);
    Learned unmet = learned("unmet", without(CORPUS, WITHHELD));

    Map<Integer, float[]> vectors = met.unmet(WITHHELD, met.space.vectors());
    Map<Integer, float[]> expected = unmet.unmet(WITHHELD, met.space.vectors());

    assertEquals(WITHHELD, vectors.keySet());
    for (int row : WITHHELD) {
      assertArrayEquals(expected.get(row), vectors.get(row));
      assertEquals(1, Vectors.dot(vectors.get(row), vectors.get(row)), 1e-5);
    }
  }

  /** So that they may stand beside the generation's own. */
  @Test
  void vectors_inTheSpaceOfTheGeneration_areNearItsOwn() throws Exception {
    Learned met = learned("met", CORPUS);

    Map<Integer, float[]> vectors = met.unmet(WITHHELD, met.space.vectors());

    for (int row : WITHHELD) {
      assertTrue(Vectors.dot(vectors.get(row), met.space.texts()[row]) > 0.8);
    }
  }

  @Test
  void vectors_allItems_areNone() throws Exception {
    Learned met = learned("met", CORPUS);
    Set<Integer> all = IntStream.range(0, 40).boxed().collect(Collectors.toSet());

    assertEquals(
        Optional.empty(),
        new UnmetItems(CORPUS, met.texts, SETTINGS, TrainingProgress.NONE)
            .vectors(all, met.space.vectors()));
  }

  /** By which a training learns that it is to stop. */
  @Test
  void vectors_stepsOfTheTraining_areReported() throws Exception {
    Learned met = learned("met", CORPUS);
    TrainingProgress stopped =
        new TrainingProgress() {
          @Override
          public void stage(String name, String detail) {
            throw new AssertionError("no stage of its own");
          }

          @Override
          public void step(long done, long total) {
            throw new IllegalStateException("stopped");
          }

          @Override
          public void finished(String name, String detail) {
            throw new AssertionError("no stage of its own");
          }
        };

    UnmetItems items = new UnmetItems(CORPUS, met.texts, SETTINGS, stopped);
    assertThrows(IllegalStateException.class, () -> items.vectors(WITHHELD, met.space.vectors()));
  }

  private record Learned(Corpus corpus, TextEmbeddings texts, TrainedTowers space) {
    Map<Integer, float[]> unmet(Set<Integer> withheld, float[][] vectors) throws Exception {
      return new UnmetItems(corpus, texts, SETTINGS, TrainingProgress.NONE)
          .vectors(withheld, vectors)
          .orElseThrow();
    }
  }

  private Learned learned(String name, Corpus corpus) throws Exception {
    Path work = directory.resolve(name);
    try (BundleWriter draft = BundleWriter.stage(work, new Generation(1));
        TextEmbeddings texts =
            TextEmbeddings.read(corpus, SETTINGS, work, draft, TrainingProgress.NONE)) {
      return new Learned(
          corpus,
          texts,
          TrainedTowers.learn(corpus, texts, SETTINGS, draft, TrainingProgress.NONE));
    }
  }

  private static Corpus without(Corpus corpus, Set<Integer> rows) {
    Set<ItemId> ids =
        rows.stream().map(row -> corpus.items().get(row).id()).collect(Collectors.toSet());
    List<Interaction> interactions =
        corpus.interactions().stream().filter(one -> !ids.contains(one.item())).toList();
    List<Search> searches =
        corpus.searches().stream().filter(one -> !ids.contains(one.clicked())).toList();
    return new Corpus(
        corpus.items(),
        interactions,
        searches,
        corpus.counts().stream()
            .filter(
                count -> ids.stream().noneMatch(id -> count.pair().toString().contains(id.value())))
            .toList());
  }
}
