package io.sidestream.learning.biencoder;

import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.vectors.Matrix;
import io.sidestream.model.vectors.Towers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The towers as they serve, and what they take for each item of the corpus beside its text.
 *
 * @param collaborative shape [row][C of the towers]; all zero for an item known by its text alone
 */
record ExportedTowers(Towers towers, float[][] collaborative) {
  /*
   * An item that learned a vector of its own is norm(W_t text + W_c c + own). To serving, W_c c + own is one vector of D
   * numbers that goes in through the identity. So a bundle needs no further part: whoever codes a corpus item again,
   * because its text changed, adds the same vector to the new text, and a new item does without, as in training.
   */

  /** As the parameters make them. */
  static ExportedTowers of(
      Parameters parameters, BiEncoderCorpus corpus, BiEncoderSettings settings) {
    Towers towers = Heads.towers(parameters, settings.historyItems(), settings.historyDecay());
    return settings.objective().free().learned()
        ? withOwn(towers, corpus, parameters.floats(Heads.FREE))
        : new ExportedTowers(towers, corpus.collaborative());
  }

  /**
   * @param own the items' own vectors, shape [row * D + dimension]
   */
  static ExportedTowers withOwn(Towers learned, BiEncoderCorpus corpus, float[] own) {
    int dimensions = learned.dimensions();
    Towers towers =
        new Towers(
            learned.itemText(),
            Projections.identity(dimensions),
            learned.query(),
            learned.history(),
            learned.historyItems(),
            learned.historyDecay());
    float[][] collaborative = new float[corpus.items()][];
    for (int row = 0; row < collaborative.length; row++) {
      int from = row * dimensions;
      collaborative[row] =
          corpus.met()[row]
              ? Arrays.copyOfRange(own, from, from + dimensions)
              : new float[dimensions];
      addProduct(learned.itemCollaborative(), corpus.collaborative()[row], collaborative[row]);
    }
    return new ExportedTowers(towers, collaborative);
  }

  private static void addProduct(Matrix matrix, float[] vector, float[] sum) {
    if (OpenGeneration.nonZero(vector).isPresent()) {
      matrix.multiplyAdd(vector, sum);
    }
  }

  /** An item's unit vector (D) from its text's (E). */
  float[] vector(int row, float[] text) {
    return towers.item(text, OpenGeneration.nonZero(collaborative[row]));
  }

  /** All items' vectors, shape [row][D], from their texts' (N, E). */
  float[][] vectors(float[][] texts) {
    return IntStream.range(0, texts.length)
        .parallel()
        .mapToObj(row -> vector(row, texts[row]))
        .toArray(float[][]::new);
  }
}
