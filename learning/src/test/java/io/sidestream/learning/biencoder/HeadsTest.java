package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.learning.biencoder.BiEncoderCorpus.HistoryItem;
import io.sidestream.learning.codebook.FittedCodebook;
import io.sidestream.learning.codebook.ResidualKMeans;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.FiniteDifferences;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.vectors.Towers;
import io.sidestream.model.vectors.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeadsTest {
  private static final BiEncoderSettings SETTINGS =
      new BiEncoderSettings(
          6,
          3,
          0.7,
          TestSettings.inBatch(0.2, 0.3, 0),
          TestSettings.HEADS,
          BiEncoderSettings.Layers.NONE,
          1,
          Device.CPU);
  private static final BiEncoderCorpus CORPUS = new ToyWorld(2).corpus();
  private static final Towers TOWERS =
      TowerInitializer.of(CORPUS, SETTINGS, new SplittableRandom(4));

  @Test
  void items_withAndWithoutCollaborativeVector_areThoseOfTheTowers() {
    float[] text = CORPUS.textVectors()[5];
    float[] collaborative = CORPUS.collaborative()[5];
    try (Parameters parameters = parameters();
        TrainingStep step = TrainingStep.computing(parameters)) {
      float[] both =
          new Heads(step)
              .items(
                  step.floats(text, 1, text.length),
                  step.floats(collaborative, 1, collaborative.length))
              .toFloatArray();
      float[] alone =
          new Heads(step)
              .items(
                  step.floats(text, 1, text.length),
                  step.floats(new float[collaborative.length], 1, collaborative.length))
              .toFloatArray();

      assertArrayEquals(TOWERS.item(text, Optional.of(collaborative)), both, 1e-5f);
      assertArrayEquals(TOWERS.item(text, Optional.empty()), alone, 1e-5f);
    }
  }

  @Test
  void queries_vectors_areThoseOfTheTowers() {
    float[] text = CORPUS.queryVectors()[1];
    try (Parameters parameters = parameters();
        TrainingStep step = TrainingStep.computing(parameters)) {
      float[] query = new Heads(step).queries(step.floats(text, 1, text.length)).toFloatArray();

      assertArrayEquals(TOWERS.query(text), query, 1e-5f);
    }
  }

  @Test
  void histories_longerThanTheLimit_areThoseOfTheTowers() {
    Batch pairs =
        Batch.of(
            List.of(),
            List.of(),
            List.of(new HistoryItem(List.of(1, 2, 3, 2, 4), 9, 1)),
            new int[0],
            SETTINGS);
    float[][] items = ToyWorld.items(TOWERS, CORPUS);
    float[] flat = Rows.flat(items, pairs.rows());
    int rows = pairs.rows().length;
    try (Parameters parameters = parameters();
        TrainingStep step = TrainingStep.computing(parameters)) {
      float[] history =
          new Heads(step)
              .histories(
                  step.floats(pairs.shares(), 1, rows),
                  step.floats(flat, rows, SETTINGS.dimensions()))
              .toFloatArray();
      List<float[]> served = Stream.of(1, 2, 3, 2, 4).map(row -> items[row]).toList();

      assertArrayEquals(TOWERS.history(served), history, 1e-5f);
    }
  }

  @Test
  void loss_gradients_areThoseOfFiniteDifferences() {
    Batch pairs =
        Batch.of(
            CORPUS.queryItems().subList(0, 5),
            CORPUS.itemItems().subList(0, 5),
            CORPUS.nextItems().subList(0, 5),
            new int[] {7, 8},
            SETTINGS);
    TowerLoss loss = loss(SETTINGS);
    try (Parameters parameters = FiniteDifferences.parameters()) {
      Heads.add(TOWERS, parameters);

      FiniteDifferences.check(
          parameters,
          step -> loss.of(step, pairs, new FrozenTexts(CORPUS), new SplittableRandom(3)));
    }
  }

  @Test
  void loss_withItemEmbeddingsPrefixesAndWeights_hasTheGradientsOfFiniteDifferences() {
    BiEncoderSettings settings =
        SETTINGS.withObjective(
            SETTINGS
                .objective()
                .withWeights(new LossWeights(2, 0.5, 1))
                .withItemEmbedding(new ItemEmbeddingSettings(true, 0.2, 1, 0))
                .withPrefixes(List.of(2, 4)));
    Batch pairs =
        Batch.of(
            CORPUS.queryItems(),
            CORPUS.itemItems().subList(0, 5),
            CORPUS.nextItems().subList(0, 5),
            IntStream.range(0, ToyWorld.ITEMS).toArray(),
            settings);
    TowerLoss loss = loss(settings);
    try (Parameters parameters = FiniteDifferences.parameters()) {
      Heads.add(TOWERS, parameters);
      parameters.normal(Heads.ITEM_EMBEDDINGS, 0.5, new SplittableRandom(9), ToyWorld.ITEMS, 6);

      FiniteDifferences.check(
          parameters,
          step -> loss.of(step, pairs, new FrozenTexts(CORPUS), new SplittableRandom(3)));
    }
  }

  @Test
  void loss_withPrefixes_isTheMeanOfThoseOfEachLength() {
    Batch pairs =
        Batch.of(CORPUS.queryItems().subList(0, 5), List.of(), List.of(), new int[0], SETTINGS);
    Objective alone = TestSettings.inBatch(0.2, 0, 0).withWeights(new LossWeights(3, 1, 1));
    try (Parameters parameters = parameters()) {
      double whole = loss(parameters, pairs, alone);
      double both = loss(parameters, pairs, alone.withPrefixes(List.of(2)));

      assertEquals(3 * search(pairs, 6), whole, 1e-4);
      assertEquals(3 * (search(pairs, 6) + search(pairs, 2)) / 2, both, 1e-4);
    }
  }

  @Test
  void towers_ofParametersMadeFromTowers_areTheSame() {
    try (Parameters parameters = parameters()) {
      Towers again = Heads.towers(parameters, 3, 0.7);

      assertArrayEquals(TOWERS.history().values(), again.history().values());
      assertArrayEquals(
          Arrays.copyOf(TOWERS.itemCollaborative().values(), 10),
          Arrays.copyOf(again.itemCollaborative().values(), 10));
    }
  }

  @Test
  void loss_withCommitment_addsTheDistanceFromTheCodes() {
    Batch pairs =
        Batch.of(CORPUS.queryItems().subList(0, 5), List.of(), List.of(), new int[0], SETTINGS);
    Commitment four = new Commitment(0.5, new CodebookShape(1, 4));
    BiEncoderSettings settings =
        SETTINGS.withObjective(TestSettings.inBatch(0.2, 0, 0).withCommitment(four));
    CommitmentLoss commitment = new CommitmentLoss(CORPUS, BiEncoderStart.NONE, settings, 3);
    float[][] items = ToyWorld.items(TOWERS, CORPUS);
    commitment.refit(items);
    FittedCodebook codes = ResidualKMeans.fit(items, four.shape(), 5, 2, 3, TrainingProgress.NONE);
    double expected = 0;
    for (int row : pairs.rows()) {
      float[] said = codes.codebook().decode(codes.codes()[row]);
      for (int d = 0; d < said.length; d++) {
        expected += Math.pow(items[row][d] - said[d], 2) / pairs.rows().length;
      }
    }
    TowerLoss with = new TowerLoss(CORPUS, settings, commitment);
    try (Parameters parameters = FiniteDifferences.parameters()) {
      Heads.add(TOWERS, parameters);

      double added = loss(parameters, pairs, with) - loss(parameters, pairs, loss(settings));
      assertEquals(0.5 * expected, added, 1e-5);
    }
  }

  @Test
  void loss_ofTheCommitment_hasTheGradientsOfFiniteDifferences() {
    Commitment four = new Commitment(0.5, new CodebookShape(1, 4));
    BiEncoderSettings settings = SETTINGS.withObjective(SETTINGS.objective().withCommitment(four));
    CommitmentLoss commitment = new CommitmentLoss(CORPUS, BiEncoderStart.NONE, settings, 3);
    commitment.refit(ToyWorld.items(TOWERS, CORPUS));
    try (Parameters parameters = FiniteDifferences.parameters()) {
      parameters.normal("vectors", 1, new SplittableRandom(5), 3, 6);
      float[] whole = {1, 0, 1};

      FiniteDifferences.check(
          parameters,
          step ->
              commitment
                  .of(
                      step,
                      new int[] {4, 5, 9},
                      new ItemInputs.Encoded(step.weight("vectors"), whole))
                  .orElseThrow());
    }
  }

  private static TowerLoss loss(BiEncoderSettings settings) {
    return new TowerLoss(
        CORPUS, settings, new CommitmentLoss(CORPUS, BiEncoderStart.NONE, settings, 1));
  }

  private static double loss(Parameters parameters, Batch pairs, Objective objective) {
    return loss(parameters, pairs, loss(SETTINGS.withObjective(objective)));
  }

  private static double loss(Parameters parameters, Batch pairs, TowerLoss loss) {
    try (TrainingStep step = TrainingStep.learning(parameters)) {
      return step.backward(loss.of(step, pairs, new FrozenTexts(CORPUS), new SplittableRandom(3)));
    }
  }

  /** The search loss by hand, of the first p numbers of each vector. */
  private static double search(Batch pairs, int p) {
    float[][] items = ToyWorld.items(TOWERS, CORPUS);
    double sum = 0;
    for (int b = 0; b < pairs.queries().length; b++) {
      float[] query = first(p, TOWERS.query(CORPUS.queryVectors()[pairs.queries()[b]]));
      double all = 0;
      for (int row : pairs.rows()) {
        all += Math.exp(Vectors.dot(query, first(p, items[row])) / 0.2);
      }
      float[] own = first(p, items[pairs.rows()[pairs.queryItems().positives()[b]]]);
      sum += Math.log(all) - Vectors.dot(query, own) / 0.2;
    }
    return sum / pairs.queries().length;
  }

  private static float[] first(int p, float[] vector) {
    return Vectors.normalize(Arrays.copyOf(vector, p));
  }

  private static Parameters parameters() {
    Parameters parameters = new Parameters();
    Heads.add(TOWERS, parameters);
    return parameters;
  }
}
