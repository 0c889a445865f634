package io.sidestream.learning.biencoder;

import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.Tensors;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.learning.transformer.TextTransformer;
import io.sidestream.learning.transformer.TextTransformerShape;
import io.sidestream.learning.transformer.TokenBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Some texts with the vectors that training computed for them, to be compared with what serving
 * computes.
 *
 * @param vectors shape [text][E]; not copied: they are computed for the probes alone
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
      List<String> texts, long[][] pieces, TextTransformerShape shape, Parameters parameters) {
    TokenBatch batch = TokenBatch.of(List.of(pieces), 0);
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      return new TextProbes(texts, Tensors.rows(new TextTransformer(step, shape).vectors(batch)));
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
