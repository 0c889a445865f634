package io.sidestream.learning.biencoder;

import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.vectors.Matrix;
import io.sidestream.model.vectors.Towers;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The towers as they are served, and each corpus item's input to them beside its text.
 *
 * @param collaborative shape [row][C of the towers]; all zero for an item without interactions; not
 *     copied, as it has a row for every item
 */
record ExportedTowers(Towers towers, float[][] collaborative) {
  /*
   * An item with an embedding e is norm(W_t text + W_c c + e). Serving takes W_c c + e as one
   * vector of D numbers, through the identity, so a bundle needs no further tensor. A corpus item
   * whose text changes keeps the vector; a new item has none, as in training.
   */

  /** The towers of the parameters. */
  static ExportedTowers of(
      Parameters parameters, BiEncoderCorpus corpus, BiEncoderSettings settings) {
    Towers towers = Heads.towers(parameters, settings.historyItems(), settings.historyDecay());
    return settings.objective().itemEmbedding().learned()
        ? withItemEmbeddings(towers, corpus, parameters.floats(Heads.ITEM_EMBEDDINGS))
        : new ExportedTowers(towers, corpus.collaborative());
  }

  /**
   * @param embeddings the items' embeddings, shape [row * D + dimension]
   */
  static ExportedTowers withItemEmbeddings(
      Towers learned, BiEncoderCorpus corpus, float[] embeddings) {
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
          corpus.interacted()[row]
              ? Arrays.copyOfRange(embeddings, from, from + dimensions)
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
