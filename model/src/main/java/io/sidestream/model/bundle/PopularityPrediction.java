package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import io.sidestream.model.generator.Task;
import io.sidestream.model.vectors.Vectors;
import java.util.Map;

/**
 * Predicts the popularity of an item that training did not meet: log(1 + count), linear in the
 * item's vector by text alone, never below 0. Immutable.
 *
 * <p>Legend: D vector dimensions.
 */
public final class PopularityPrediction {
  /** Predicts 0, as bundles of earlier versions do. */
  public static final PopularityPrediction NONE =
      new PopularityPrediction(new float[1], new float[1]);

  private static final String INTERACTIONS = "interactions";
  private static final String SEARCHES = "searches";

  private final float[] interactions; // [D + 1], the intercept last; [1] of one that is constant
  private final float[] searches; // likewise

  /**
   * @param interactions coefficients of log(1 + interactions) and, last, the intercept; length D +
   *     1, or 1 for the same prediction whatever the vector
   * @param searches likewise of log(1 + clicks)
   */
  public PopularityPrediction(float[] interactions, float[] searches) {
    check(
        interactions.length > 0 && interactions.length == searches.length,
        "popularity has %d and %d coefficients, expected as many, 1 or more",
        interactions.length,
        searches.length);
    this.interactions = interactions.clone();
    this.searches = searches.clone();
  }

  /** Refuses coefficients of vectors with another number of dimensions. */
  void checkDimensions(int expected) {
    int found = interactions.length - 1;
    check(
        found == 0 || found == expected,
        "popularity is predicted from %d dimensions, manifest says %d",
        found,
        expected);
  }

  /** What is expected of log(1 + the item's interactions or, for search, clicks), 0 or more. */
  public float of(Task task, float[] vector) {
    float[] coefficients = task == Task.SEARCH ? searches : interactions;
    int dimensions = coefficients.length - 1;
    if (dimensions == 0) {
      return Math.max(0, coefficients[0]);
    }
    checkEqual(vector.length, dimensions, "vector has %d dimensions");
    return Math.max(0, Vectors.dot(coefficients, 0, vector) + coefficients[dimensions]);
  }

  /** interactions (D + 1), searches (D + 1). */
  Safetensors file() {
    return new Safetensors(
        Map.of(
            INTERACTIONS, Tensor.floats(interactions, interactions.length),
            SEARCHES, Tensor.floats(searches, searches.length)));
  }

  static PopularityPrediction of(Safetensors file) {
    return new PopularityPrediction(
        file.tensor(INTERACTIONS).floats(), file.tensor(SEARCHES).floats());
  }
}
