package io.sidestream.learning.biencoder;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.model.vectors.Matrix;
import io.sidestream.model.vectors.Towers;
import java.util.Set;

/**
 * The arithmetic of {@link Towers} on tensors, inside one step.
 *
 * <p>Legend: B rows, R items of the step, E text dimensions, C collaborative dimensions, D
 * dimensions of the space.
 */
record Heads(TrainingStep step) {
  static final String ITEM_TEXT = "towers.item_text"; // (D, E)
  static final String ITEM_COLLABORATIVE = "towers.item_collaborative"; // (D, C)
  static final String QUERY = "towers.query"; // (D, E)
  static final String HISTORY = "towers.history"; // (D, D)
  static final String ITEM_EMBEDDINGS = "items.embedding"; // (N, D), where items have embeddings

  /** All of them. */
  static final Set<String> NAMES =
      Set.of(ITEM_TEXT, ITEM_COLLABORATIVE, QUERY, HISTORY, ITEM_EMBEDDINGS);

  /** Puts the towers' matrices among the parameters. */
  static void add(Towers towers, Parameters parameters) {
    add(ITEM_TEXT, towers.itemText(), parameters);
    add(ITEM_COLLABORATIVE, towers.itemCollaborative(), parameters);
    add(QUERY, towers.query(), parameters);
    add(HISTORY, towers.history(), parameters);
  }

  /** Adds item embeddings, all zero, to the parameters. */
  static void addItemEmbeddings(int items, int dimensions, Parameters parameters) {
    parameters.constant(ITEM_EMBEDDINGS, 0, items, dimensions);
  }

  /** The towers of the parameters, without item embeddings. */
  static Towers towers(Parameters parameters, int historyItems, double historyDecay) {
    return new Towers(
        matrix(ITEM_TEXT, parameters),
        matrix(ITEM_COLLABORATIVE, parameters),
        matrix(QUERY, parameters),
        matrix(HISTORY, parameters),
        historyItems,
        historyDecay);
  }

  /** Shapes: text (R, E), collaborative (R, C) with zeros where there is none, result (R, D). */
  NDArray items(NDArray text, NDArray collaborative) {
    return SafeMath.unitLength(sum(text, collaborative)); // (R, D)
  }

  /**
   * Shapes: text (R, E), collaborative (R, C), rows (R) int64 of the items' embeddings, own (R, 1)
   * with 0 where an item has none and 1 elsewhere, result (R, D).
   */
  NDArray items(NDArray text, NDArray collaborative, NDArray rows, NDArray own) {
    NDArray itemEmbedding = SafeMath.lookUp(step.weight(ITEM_EMBEDDINGS), rows).mul(own); // (R, D)
    return SafeMath.unitLength(sum(text, collaborative).add(itemEmbedding)); // (R, D)
  }

  private NDArray sum(NDArray text, NDArray collaborative) {
    NDArray fromText = through(ITEM_TEXT, text); // (R, D)
    NDArray fromEvents = through(ITEM_COLLABORATIVE, collaborative); // (R, D)
    return fromText.add(fromEvents); // (R, D)
  }

  /** Shapes: text (B, E), result (B, D). */
  NDArray queries(NDArray text) {
    return SafeMath.unitLength(through(QUERY, text)); // (B, D)
  }

  /** Shapes: shares of the items in each history (B, R), items (R, D), result (B, D). */
  NDArray histories(NDArray shares, NDArray items) {
    NDArray pooled = SafeMath.unitLength(shares.matMul(items)); // (B, D)
    return SafeMath.unitLength(through(HISTORY, pooled)); // (B, D)
  }

  private NDArray through(String name, NDArray x) {
    return x.matMul(step.weight(name).transpose());
  }

  private static void add(String name, Matrix matrix, Parameters parameters) {
    parameters.add(name, matrix.values(), matrix.rows(), matrix.columns());
  }

  private static Matrix matrix(String name, Parameters parameters) {
    long[] shape = parameters.shape(name);
    return new Matrix((int) shape[0], (int) shape[1], parameters.floats(name));
  }
}
