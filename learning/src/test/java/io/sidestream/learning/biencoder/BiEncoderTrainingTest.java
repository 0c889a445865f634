package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.codebook.FittedCodebook;
import io.sidestream.learning.codebook.QuantizationError;
import io.sidestream.learning.codebook.ResidualKMeans;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.vectors.Towers;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BiEncoderTrainingTest {
  private static final BiEncoderSettings SETTINGS =
      TestSettings.of(
          16, new BiEncoderSettings.Heads(120, 64, 5e-3, 0.01), BiEncoderSettings.Layers.NONE);
  private static final ToyWorld WORLD = new ToyWorld(5);
  private static final BiEncoderCorpus CORPUS = WORLD.corpus();

  private static Towers first;
  private static TrainedBiEncoder trained;

  @BeforeAll
  static void train() throws Exception {
    first = TowerInitializer.of(CORPUS, SETTINGS, new SplittableRandom(1));
    trained = BiEncoderTraining.train(CORPUS, SETTINGS, 1, TrainingProgress.NONE);
  }

  @Test
  void train_queriesInWordsOfTheirOwn_learnToFindTheirItems() {
    double before = ToyWorld.searchRecall(first, CORPUS);
    double after = ToyWorld.searchRecall(trained.towers(), CORPUS);

    assertTrue(before < 0.3 && after > 0.8, "search from " + before + " to " + after);
  }

  @Test
  void train_histories_learnToFindTheirTaste() {
    double before = ToyWorld.recommendationRecall(first, CORPUS);
    double after = ToyWorld.recommendationRecall(trained.towers(), CORPUS);

    assertTrue(
        after > 0.8 && after > before + 0.1, "recommendation from " + before + " to " + after);
  }

  @Test
  void train_itemWithoutCollaborativeVector_isFoundByItsText() {
    Towers towers = trained.towers();
    float[][] items = ToyWorld.items(towers, CORPUS);
    int found = 0;
    for (int row = 0; row < ToyWorld.ITEMS; row++) {
      float[] own = items[row];
      items[row] = towers.item(WORLD.text(row), Optional.empty());
      float[] query = towers.query(CORPUS.queryVectors()[ToyWorld.group(row)]);
      found += ToyWorld.nearest(query, items, 15).contains(row) ? 1 : 0;
      items[row] = own;
    }

    assertTrue(found > 0.8 * ToyWorld.ITEMS, found + " of " + ToyWorld.ITEMS + " found");
  }

  @Test
  void parity_ofTheTowers_isCloseToNothing() throws Exception {
    assertTrue(trained.parity() < 1e-5, "parity " + trained.parity());
  }

  @Test
  void train_sameSeed_givesTheSameTowers() throws Exception {
    Towers again = BiEncoderTraining.train(CORPUS, SETTINGS, 1, TrainingProgress.NONE).towers();

    assertArrayEquals(trained.towers().itemText().values(), again.itemText().values());
    assertArrayEquals(
        trained.towers().itemCollaborative().values(), again.itemCollaborative().values());
    assertArrayEquals(trained.towers().query().values(), again.query().values());
    assertArrayEquals(trained.towers().history().values(), again.history().values());
  }

  @Test
  void train_oneKindOfPairOnly_works() throws Exception {
    BiEncoderCorpus searches = only(CORPUS.queryItems());
    Towers towers = BiEncoderTraining.train(searches, SETTINGS, 1, TrainingProgress.NONE).towers();

    assertTrue(ToyWorld.searchRecall(towers, CORPUS) > 0.8);
  }

  @Test
  void train_lossOfNoWeight_leavesItsTaskUnlearned() throws Exception {
    TrainedBiEncoder specialist =
        train(TestSettings.IN_BATCH.withWeights(new LossWeights(1, 0, 0)));

    assertTrue(ToyWorld.searchRecall(specialist.towers(), CORPUS) > 0.8);
    assertArrayEquals(first.history().values(), specialist.towers().history().values());
  }

  @Test
  void train_fullSoftmax_learnsBothTasks() throws Exception {
    Towers towers = train(TestSettings.inBatch(0.1, 0.3, ToyWorld.ITEMS)).towers();

    assertTrue(ToyWorld.searchRecall(towers, CORPUS) > 0.8);
    assertTrue(ToyWorld.recommendationRecall(towers, CORPUS) > 0.8);
  }

  @Test
  void train_vectorsOfTheirOwn_serveThroughTheTowers() throws Exception {
    boolean[] interacted = CORPUS.interacted().clone();
    interacted[7] = false;
    float[][] collaborative = CORPUS.collaborative().clone();
    collaborative[7] = new float[ToyWorld.COLLABORATIVE];
    BiEncoderCorpus corpus = withEvents(collaborative, interacted);
    Objective objective =
        TestSettings.IN_BATCH.withItemEmbedding(new ItemEmbeddingSettings(true, 0.1, 2, 0.01));

    TrainedBiEncoder own =
        BiEncoderTraining.train(
            corpus, SETTINGS.withObjective(objective), 1, TrainingProgress.NONE);

    assertTrue(own.parity() < 1e-5, "parity " + own.parity());
    float[][] vectors = own.itemVectors(corpus.textVectors());
    assertArrayEquals(own.towers().item(corpus.textVectors()[7], Optional.empty()), vectors[7]);
    assertArrayEquals(
        own.towers().item(corpus.textVectors()[8], Optional.of(own.collaborative()[8])),
        vectors[8]);
    assertEquals(SETTINGS.dimensions(), own.towers().collaborativeDimensions());
  }

  @Test
  void train_withCommitment_leavesLessThatCodesDoNotSay() throws Exception {
    CodebookShape shape = new CodebookShape(1, 12);
    TrainedBiEncoder committed =
        train(TestSettings.IN_BATCH.withCommitment(new Commitment(10, shape)));

    double free = left(trained.itemVectors(CORPUS.textVectors()), shape);
    double drawn = left(committed.itemVectors(CORPUS.textVectors()), shape);
    assertTrue(
        drawn < 0.8 * free,
        "relative quantization error " + drawn + ", without commitment " + free);
    assertTrue(ToyWorld.searchRecall(committed.towers(), CORPUS) > 0.8);
    assertTrue(ToyWorld.recommendationRecall(committed.towers(), CORPUS) > 0.8);
  }

  private static double left(float[][] vectors, CodebookShape shape) {
    FittedCodebook fitted = ResidualKMeans.fit(vectors, shape, 20, 2, 1, TrainingProgress.NONE);
    return QuantizationError.relativeByLevel(fitted.codebook(), vectors, fitted.codes())[0];
  }

  @Test
  void losses_ofATraining_fall() {
    assertEquals(120, trained.losses().points().get(119).step());
    assertTrue(trained.losses().last() < 0.8 * trained.losses().points().get(0).loss());
  }

  @Test
  void train_noPairs_isRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> BiEncoderTraining.train(only(List.of()), SETTINGS, 1, TrainingProgress.NONE));
    assertEquals("corpus has no pairs, expected some of at least one kind", refused.getMessage());
  }

  private static TrainedBiEncoder train(Objective objective) throws Exception {
    return BiEncoderTraining.train(
        CORPUS, SETTINGS.withObjective(objective), 1, TrainingProgress.NONE);
  }

  private static BiEncoderCorpus withEvents(float[][] collaborative, boolean[] interacted) {
    return new BiEncoderCorpus(
        List.of(),
        CORPUS.textVectors(),
        collaborative,
        List.of(),
        CORPUS.queryVectors(),
        CORPUS.queryItems(),
        CORPUS.itemItems(),
        CORPUS.nextItems(),
        interacted);
  }

  private static BiEncoderCorpus only(List<BiEncoderCorpus.QueryItem> queryItems) {
    return new BiEncoderCorpus(
        List.of(),
        CORPUS.textVectors(),
        CORPUS.collaborative(),
        List.of(),
        CORPUS.queryVectors(),
        queryItems,
        List.of(),
        List.of(),
        CORPUS.interacted());
  }
}
