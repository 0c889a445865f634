package io.sidestream.learning.transformer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.FiniteDifferences;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextTransformerTest {
  private static final TextTransformerShape SMALL =
      new TextTransformerShape(TextModel.BERT, 7, 2, 8, 2, 12, 5, 2, 1e-12, 0, 0, false);
  private static final TokenBatch BATCH =
      TokenBatch.of(List.of(new long[] {1, 4, 2}, new long[] {3, 5, 6, 0, 2}), 0);

  @Test
  void layers_gradients_areThoseOfFiniteDifferences() {
    try (Parameters parameters = small()) {
      FiniteDifferences.check(
          parameters,
          step -> {
            TextTransformer model = new TextTransformer(step, SMALL);
            NDArray target = step.floats(target(), BATCH.size(), SMALL.dimensions());
            return model.vectors(BATCH).mul(target).sum();
          });
    }
  }

  @Test
  void layers_onTopOfStatesOfTheLowerOnes_giveTheSame() {
    try (Parameters parameters = small();
        TrainingStep step = TrainingStep.computing(parameters)) {
      TextTransformer model = new TextTransformer(step, SMALL);
      NDArray whole = model.layers(model.embed(BATCH), BATCH, 0, 2);
      NDArray lower = model.layers(model.embed(BATCH), BATCH, 0, 1);
      NDArray parts = model.layers(lower, BATCH, 1, 2);

      assertTrue(whole.sub(parts).abs().max().toDoubleArray()[0] < 1e-12);
    }
  }

  @Test
  void pooled_paddingLongerThanTheText_changesNothing() {
    TokenBatch alone = TokenBatch.of(List.of(new long[] {1, 4, 2}), 0);
    try (Parameters parameters = small();
        TrainingStep step = TrainingStep.computing(parameters)) {
      double[] padded = vectors(step, BATCH);
      double[] bare = vectors(step, alone);

      for (int d = 0; d < bare.length; d++) {
        assertTrue(Math.abs(padded[d] - bare[d]) < 1e-9);
      }
    }
  }

  private static double[] vectors(TrainingStep step, TokenBatch batch) {
    return new TextTransformer(step, SMALL).vectors(batch).toDoubleArray();
  }

  private static float[] target() {
    float[] target = new float[BATCH.size() * SMALL.dimensions()];
    for (int i = 0; i < target.length; i++) {
      target[i] = (float) Math.sin(i + 1);
    }
    return target;
  }

  private static Parameters small() {
    SplittableRandom random = new SplittableRandom(6);
    Parameters parameters = FiniteDifferences.parameters();
    SMALL
        .weights()
        .forEach(
            (name, shape) -> parameters.normal(name, shape.length > 1 ? 0.4 : 1, random, shape));
    return parameters;
  }
}
