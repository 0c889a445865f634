package io.sidestream.learning.sequence;

import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.SequenceTables;
import io.sidestream.model.vectors.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A sequence generator after training. Not for several threads. */
public final class SequenceWeights implements AutoCloseable {
  private final GeneratorShape shape;
  private final SequenceValidation computing;
  private final SequenceItems items;
  private final Parameters parameters;
  private final LossCurve losses;
  private final double validationLoss;

  SequenceWeights(
      GeneratorShape shape,
      GeneratorVocabulary vocabulary,
      SequenceItems items,
      Parameters parameters,
      LossCurve losses,
      double validationLoss) {
    this.shape = shape;
    this.items = items;
    this.computing = new SequenceValidation(shape, vocabulary, items, SequenceExamples.NONE);
    this.parameters = parameters;
    this.losses = losses;
    this.validationLoss = validationLoss;
  }

  public GeneratorShape shape() {
    return shape;
  }

  /** How the loss fell, step by step. */
  public LossCurve losses() {
    return losses;
  }

  /** Negative log p of validation's items, mean, tasks added up; NaN without validation. */
  public double validationLoss() {
    return validationLoss;
  }

  /**
   * The exact log p of every item after a history, natural; probabilities sum to 1. Shape: [row].
   *
   * @param rows oldest first, at least one; the latest are read
   */
  public float[] logProbabilities(List<Integer> rows) {
    return all(
        computing.histories(List.of(SequenceValidation.latest(rows, shape.maxTokens()))));
  }

  /** The same after a search. */
  public float[] logProbabilities(GeneratorPrompt search) {
    return all(computing.searches(List.of(search)));
  }

  /** Writes the graph that serving runs: from positions to log p of the IDs of any trie. */
  public void export(Path onnx) throws IOException {
    SequenceGraph.of(shape, parameters).write(onnx);
  }

  /** What serving knows of each item, and of items that come later. */
  public SequenceTables tables() {
    Matrix positionText = scaled(SequenceParameters.TEXT);
    Matrix outputText = scaled(SequenceParameters.ITEM_TEXT);
    return new SequenceTables(
        rows(positionText, SequenceParameters.RESIDUAL),
        rows(outputText, SequenceParameters.ITEM_RESIDUAL),
        parameters.floats(SequenceParameters.ITEM_BIAS),
        positionText,
        outputText,
        scaled(SequenceParameters.QUERY));
  }

  /** A weight (D, M) that takes unit vectors, as (M, D). */
  private Matrix scaled(String name) {
    int dimensions = shape.vectorDimensions();
    int model = shape.modelDimensions();
    float[] values = parameters.floats(name);
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i % model * dimensions + i / model] = values[i] * PositionBatch.scale(dimensions);
    }
    return new Matrix(model, dimensions, turned);
  }

  private float[][] rows(Matrix ofText, String residual) {
    float[] own = parameters.floats(residual);
    int model = shape.modelDimensions();
    return IntStream.range(0, items.size())
        .parallel()
        .mapToObj(
            row -> {
              float[] sum = Arrays.copyOfRange(own, row * model, (row + 1) * model);
              ofText.multiplyAdd(items.text(row), sum);
              return sum;
            })
        .toArray(float[][]::new);
  }

  private float[] all(SequenceValidation.Prompts prompts) {
    int[] every = IntStream.range(0, items.size()).toArray();
    long[] places = new long[every.length];
    Arrays.fill(places, prompts.last()[0]);
    return computing.logProbabilities(parameters, prompts, places, every);
  }

  @Override
  public void close() {
    parameters.close();
  }
}
