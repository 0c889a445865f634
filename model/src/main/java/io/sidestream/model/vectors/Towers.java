package io.sidestream.model.vectors;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import java.util.List;
import java.util.Optional;

/**
 * Three ways into one space of unit vectors of length D: from an item's text and collaborative
 * vector, from a query's text, from the items of a history. Immutable, thread-safe.
 *
 * <p>Legend: E text dimensions, C collaborative dimensions, D dimensions of the space.
 *
 * @param itemText (D, E)
 * @param itemCollaborative (D, C)
 * @param query (D, E)
 * @param history (D, D)
 * @param historyItems how many of the newest items make a history's vector
 * @param historyDecay weight of an item relative to the one after it, in (0, 1]
 */
public record Towers(
    Matrix itemText,
    Matrix itemCollaborative,
    Matrix query,
    Matrix history,
    int historyItems,
    double historyDecay) {
  /*
   * item = norm(W_t text + W_c collaborative), the second term missing for items without events;
   * training drops it for some rows, so that text alone finds its place. query = norm(W_q text).
   * history = norm(W_h sum_i decay^age item_i). Linear on purpose: what is learned stays readable,
   * and a new item costs one small product beside its text encoding.
   */
  public Towers {
    int d = itemText.rows();
    check(
        itemCollaborative.rows() == d
            && query.rows() == d
            && history.rows() == d
            && history.columns() == d,
        "towers lead to %d, %d, %d and %d dimensions, expected one space",
        d,
        itemCollaborative.rows(),
        query.rows(),
        history.rows());
    checkEqual(query.columns(), itemText.columns(), "query tower takes text of %d dimensions");
    check(historyItems > 0, "history of %d items, expected 1 or more", historyItems);
    check(historyDecay > 0 && historyDecay <= 1, "history decay %s outside (0, 1]", historyDecay);
  }

  /** D. */
  public int dimensions() {
    return itemText.rows();
  }

  /** E. */
  public int textDimensions() {
    return itemText.columns();
  }

  /** C. */
  public int collaborativeDimensions() {
    return itemCollaborative.columns();
  }

  /** An item's vector from its text's (E) and, where it has one, its collaborative vector (C). */
  public float[] item(float[] text, Optional<float[]> collaborative) {
    float[] sum = new float[dimensions()];
    itemText.multiplyAdd(text, sum);
    collaborative.ifPresent(vector -> itemCollaborative.multiplyAdd(vector, sum));
    return Vectors.normalize(sum);
  }

  /** A query's vector from its text's (E). */
  public float[] query(float[] text) {
    float[] sum = new float[dimensions()];
    query.multiplyAdd(text, sum);
    return Vectors.normalize(sum);
  }

  /** A history's vector from its items' vectors (D each), oldest first, at least one. */
  public float[] history(List<float[]> items) {
    check(!items.isEmpty(), "history is empty");
    float[] pooled = new float[dimensions()];
    int oldest = Math.max(0, items.size() - historyItems);
    double weight = 1;
    for (int i = items.size() - 1; i >= oldest; i--) {
      for (int d = 0; d < pooled.length; d++) {
        pooled[d] += (float) weight * items.get(i)[d];
      }
      weight *= historyDecay;
    }
    float[] sum = new float[dimensions()];
    history.multiplyAdd(Vectors.normalize(pooled), sum);
    return Vectors.normalize(sum);
  }

  /**
   * The addends of {@link #history}, one of each item (D each): as all is linear but the two
   * divisions by a length, they sum up to that vector. Those of items too old to count are zero.
   */
  public List<float[]> historyAddends(List<float[]> items) {
    float[][] addends = new float[items.size()][dimensions()];
    float[] sum = new float[dimensions()];
    int oldest = Math.max(0, items.size() - historyItems);
    double weight = 1;
    for (int i = items.size() - 1; i >= oldest; i--) {
      history.multiplyAdd(items.get(i), addends[i]);
      for (int d = 0; d < sum.length; d++) {
        addends[i][d] *= (float) weight;
        sum[d] += addends[i][d];
      }
      weight *= historyDecay;
    }
    double length = Math.sqrt(Vectors.dot(sum, sum));
    for (float[] addend : addends) {
      for (int d = 0; length > 0 && d < addend.length; d++) {
        addend[d] /= (float) length;
      }
    }
    return List.of(addends);
  }
}
