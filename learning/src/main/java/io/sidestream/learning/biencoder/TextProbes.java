package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Some texts with the vectors that training computed for them, to be compared with what serving
 * computes.
 *
 * @param vectors shape [text][E]
 */
record TextProbes(List<String> texts, float[][] vectors) {
  static final int MAX = 16;

  /** None. */
  static final TextProbes NONE = new TextProbes(List.of(), new float[0][]);

  /** The texts of the first items and queries of a corpus. */
  static List<String> texts(BiEncoderCorpus corpus) {
    List<String> texts = new ArrayList<>();
    texts.addAll(corpus.texts().subList(0, Math.min(MAX, corpus.texts().size())));
    texts.addAll(corpus.queries().subList(0, Math.min(MAX, corpus.queries().size())));
    return texts;
  }

  /**
   * @param pieces of the texts, shape [text][pieces]
   */
  static TextProbes take(
      List<String> texts, long[][] pieces, BertShape shape, Parameters parameters) {
    PieceBatch batch = PieceBatch.of(pieces);
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      Bert bert = new Bert(step, shape);
      NDArray states = bert.layers(bert.embed(batch), batch, 0, shape.layers()); // (T, S, E)
      float[] flat = bert.pooled(states, batch).toFloatArray(); // (T, E)
      float[][] vectors = new float[pieces.length][];
      int width = shape.dimensions();
      Arrays.setAll(vectors, text -> Arrays.copyOfRange(flat, text * width, (text + 1) * width));
      return new TextProbes(texts, vectors);
    }
  }

  /** The largest difference between a number of the served vectors (texts, E) and training's. */
  double largestDifference(float[][] served) {
    double largest = 0;
    for (int text = 0; text < vectors.length; text++) {
      largest = Math.max(largest, HeadProbes.difference(vectors[text], served[text]));
    }
    return largest;
  }
}
