package io.sidestream.model.generator;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import io.sidestream.model.vectors.Matrix;

/**
 * What a sequence generator has learned of each item of its corpus, and what it makes of a text
 * alone. Arrays are not copied: they are as large as the catalogue.
 *
 * <p>Legend: N items of the corpus, M model dimensions, D vector dimensions.
 *
 * @param positions what an item of a history is read as, beside its codes, shape [row][M]
 * @param outputs what states are compared with, shape [row][M]
 * @param biases added to that product, shape [row]
 * @param positionText an item's position from its vector by text alone (M, D)
 * @param outputText likewise its output (M, D)
 * @param query the first position of a search from the query's vector (M, D)
 */
public record SequenceTables(
    float[][] positions,
    float[][] outputs,
    float[] biases,
    Matrix positionText,
    Matrix outputText,
    Matrix query) {
  public SequenceTables {
    check(
        positions.length == outputs.length && positions.length == biases.length,
        "tables have %d, %d and %d rows, expected as many",
        positions.length,
        outputs.length,
        biases.length);
    int model = positionText.rows();
    int dimensions = positionText.columns();
    check(
        outputText.rows() == model && query.rows() == model,
        "tables lead to %d, %d and %d dimensions, expected as many",
        model,
        outputText.rows(),
        query.rows());
    check(
        outputText.columns() == dimensions && query.columns() == dimensions,
        "tables take vectors of %d, %d and %d dimensions, expected as many",
        dimensions,
        outputText.columns(),
        query.columns());
    for (int row = 0; row < positions.length; row++) {
      checkEqual(positions[row].length, model, "position of an item has %d dimensions");
      checkEqual(outputs[row].length, model, "output of an item has %d dimensions");
    }
  }

  /** N. */
  public int items() {
    return positions.length;
  }

  /** M. */
  public int modelDimensions() {
    return positionText.rows();
  }

  /** D. */
  public int vectorDimensions() {
    return positionText.columns();
  }

  /** The position of an item that came after the training, from its vector. Length M. */
  public float[] positionOf(float[] vector) {
    return product(positionText, vector);
  }

  /** The output of an item that came after the training, from its vector. Length M. */
  public float[] outputOf(float[] vector) {
    return product(outputText, vector);
  }

  /** The first position of a search, from the query's vector. Length M. */
  public float[] queryOf(float[] vector) {
    return product(query, vector);
  }

  private static float[] product(Matrix matrix, float[] vector) {
    float[] sum = new float[matrix.rows()];
    matrix.multiplyAdd(vector, sum);
    return sum;
  }
}
