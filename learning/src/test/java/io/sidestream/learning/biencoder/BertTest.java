package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.FiniteDifferences;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BertTest {
  private static final BertShape SMALL = new BertShape(2, 8, 2);
  private static final int INNER = 12;
  private static final PieceBatch BATCH = PieceBatch.of(new long[][] {{1, 4, 2}, {3, 5, 6, 0, 2}});

  @Test
  void layers_gradients_areThoseOfFiniteDifferences() {
    try (Parameters parameters = small()) {
      FiniteDifferences.check(
          parameters,
          step -> {
            Bert bert = new Bert(step, SMALL);
            NDArray states = bert.layers(bert.embed(BATCH), BATCH, 0, SMALL.layers());
            NDArray target = step.floats(target(), BATCH.texts(), SMALL.dimensions());
            return bert.pooled(states, BATCH).mul(target).sum();
          });
    }
  }

  @Test
  void layers_onTopOfStatesOfTheLowerOnes_giveTheSame() {
    try (Parameters parameters = small();
        TrainingStep step = TrainingStep.computing(parameters)) {
      Bert bert = new Bert(step, SMALL);
      NDArray whole = bert.layers(bert.embed(BATCH), BATCH, 0, 2);
      NDArray lower = bert.layers(bert.embed(BATCH), BATCH, 0, 1);
      NDArray parts = bert.layers(lower, BATCH, 1, 2);

      assertTrue(whole.sub(parts).abs().max().toDoubleArray()[0] < 1e-12);
    }
  }

  @Test
  void pooled_paddingLongerThanTheText_changesNothing() {
    PieceBatch alone = PieceBatch.of(new long[][] {{1, 4, 2}});
    try (Parameters parameters = small();
        TrainingStep step = TrainingStep.computing(parameters)) {
      double[] padded = vectors(step, BATCH);
      double[] bare = vectors(step, alone);

      for (int d = 0; d < bare.length; d++) {
        assertTrue(Math.abs(padded[d] - bare[d]) < 1e-9);
      }
    }
  }

  @Test
  void take_pretrainedWeights_agreeWithOnnxRuntime() throws Exception {
    List<String> texts =
        List.of("a heist in a dream", "rain", "Two sisters open a bakery in a town without wheat.");
    PretrainedText pretrained = PretrainedText.load();
    try (Parameters parameters = new Parameters();
        ExportedText served = ExportedText.open(pretrained, Map.of(), 32, 1)) {
      BertWeights.add(pretrained.graph(), BertShape.MINI, parameters);
      TextProbes probes = TextProbes.take(texts, served.pieces(texts), BertShape.MINI, parameters);
      double difference = probes.largestDifference(served.encode(texts));

      assertTrue(difference < 1e-5, "difference " + difference);
    }
  }

  private static double[] vectors(TrainingStep step, PieceBatch batch) {
    Bert bert = new Bert(step, SMALL);
    return bert.pooled(bert.layers(bert.embed(batch), batch, 0, 2), batch).toDoubleArray();
  }

  private static float[] target() {
    float[] target = new float[BATCH.texts() * SMALL.dimensions()];
    for (int i = 0; i < target.length; i++) {
      target[i] = (float) Math.sin(i + 1);
    }
    return target;
  }

  private static Parameters small() {
    SplittableRandom random = new SplittableRandom(6);
    Parameters parameters = FiniteDifferences.parameters();
    parameters.normal(BertWeights.WORDS, 1, random, 7, 8);
    parameters.normal(BertWeights.POSITIONS, 1, random, 5, 8);
    parameters.normal(BertWeights.TYPES, 1, random, 2, 8);
    parameters.normal(BertWeights.NORM + ".weight", 1, random, 8);
    parameters.normal(BertWeights.NORM + ".bias", 0.1, random, 8);
    for (int layer = 0; layer < SMALL.layers(); layer++) {
      for (String name : BertWeights.ofLayer(layer)) {
        parameters.normal(name, 0.4, random, shape(name));
      }
    }
    return parameters;
  }

  private static long[] shape(String name) {
    boolean widens = name.contains("intermediate");
    if (name.endsWith(".bias") || name.contains("LayerNorm")) {
      return new long[] {widens ? INNER : 8};
    }
    boolean narrows = name.contains(".output.dense") && !name.contains("attention");
    return new long[] {narrows ? INNER : 8, widens ? INNER : 8};
  }
}
