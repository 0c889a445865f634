package io.sidestream.learning.biencoder;

import io.sidestream.model.vectors.Matrix;
import io.sidestream.model.vectors.Towers;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Initial towers. */
final class TowerInitializer {
  /*
   * Items and queries begin with the same projection of the text space, so that a query finds what
   * the pretrained encoder finds for it. The collaborative half begins as long as the text half, in
   * directions of its own. A history begins as the mean of its items.
   */
  private TowerInitializer() {}

  static Towers of(BiEncoderCorpus corpus, BiEncoderSettings settings, SplittableRandom random) {
    int dimensions = settings.dimensions();
    Matrix text = Projections.principal(texts(corpus), dimensions, random);
    Matrix collaborative =
        Projections.orthogonal(dimensions, corpus.collaborativeDimensions(), random);
    return new Towers(
        text,
        scaled(collaborative, 1 / typicalLength(corpus.collaborative())),
        text,
        Projections.identity(dimensions),
        settings.historyItems(),
        settings.historyDecay());
  }

  private static float[][] texts(BiEncoderCorpus corpus) {
    return Stream.of(corpus.textVectors(), corpus.queryVectors())
        .flatMap(Stream::of)
        .toArray(float[][]::new);
  }

  private static Matrix scaled(Matrix matrix, double factor) {
    float[] values = matrix.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) factor;
    }
    return new Matrix(matrix.rows(), matrix.columns(), values);
  }

  /** Root of the mean square length of those that are not zero; 1 when all are. */
  private static double typicalLength(float[][] vectors) {
    double squares = 0;
    int count = 0;
    for (float[] vector : vectors) {
      double square = 0;
      for (float value : vector) {
        square += (double) value * value;
      }
      squares += square;
      count += square > 0 ? 1 : 0;
    }
    return count == 0 ? 1 : Math.sqrt(squares / count);
  }
}
