package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.Tensors;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.model.vectors.Towers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some inputs of the heads with the vectors that training computed for them, to be compared with
 * what serving computes. Arrays are not copied: they are computed for the probes alone.
 *
 * <p>Legend: N probes, E text dimensions, D dimensions.
 *
 * @param texts shape [N][E]
 * @param items shape [N][D]
 * @param queries of the same texts, shape [N][D]
 * @param histories of the items up to each, shape [N][D]
 */
record HeadProbes(float[][] texts, float[][] items, float[][] queries, float[][] histories) {
  static final int MAX = 64;

  /** Of the first items of the corpus. */
  static HeadProbes take(
      Parameters parameters, BiEncoderCorpus corpus, BiEncoderSettings settings) {
    int count = Math.min(MAX, corpus.items());
    float[][] texts = Arrays.copyOf(corpus.textVectors(), count);
    int[] all = IntStream.range(0, count).toArray();
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      Heads heads = new Heads(step);
      NDArray text = step.floats(Rows.flat(texts, all), count, corpus.textDimensions()); // (N, E)
      NDArray items = new ItemInputs(corpus, settings.objective()).whole(step, all, text); // (N, D)
      NDArray shares = step.floats(shares(count, settings), count, count); // (N, N)
      return new HeadProbes(
          texts,
          Tensors.rows(items),
          Tensors.rows(heads.queries(text)),
          Tensors.rows(heads.histories(shares, items)));
    }
  }

  /** The largest difference between a number of serving's vectors and training's. */
  double largestDifference(ExportedTowers served) {
    double largest = 0;
    Towers towers = served.towers();
    List<float[]> vectors = new ArrayList<>();
    for (int row = 0; row < texts.length; row++) {
      vectors.add(served.vector(row, texts[row]));
      largest = Math.max(largest, difference(items[row], vectors.get(row)));
      largest = Math.max(largest, difference(queries[row], towers.query(texts[row])));
      largest = Math.max(largest, difference(histories[row], towers.history(vectors)));
    }
    return largest;
  }

  static double difference(float[] one, float[] other) {
    double largest = 0;
    for (int d = 0; d < one.length; d++) {
      largest = Math.max(largest, Math.abs(one[d] - other[d]));
    }
    return largest;
  }

  private static float[] shares(int count, BiEncoderSettings settings) {
    float[] shares = new float[count * count];
    for (int row = 0; row < count; row++) {
      for (int age = 0; age < Math.min(row + 1, settings.historyItems()); age++) {
        shares[row * count + row - age] = (float) Math.pow(settings.historyDecay(), age);
      }
    }
    return shares;
  }
}
