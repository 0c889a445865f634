package io.sidestream.experiments.embedding;

import static io.sidestream.schemas.Checks.check;
import static java.util.Objects.requireNonNull;

import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.model.bundle.Tensor;
import io.sidestream.model.vectors.Matrix;
import io.sidestream.model.vectors.Towers;
import io.sidestream.model.vectors.Vectors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Vectors of all items, with the towers of queries and histories where there are any.
 *
 * @param items shape [row][D]; not copied
 * @param towers that map queries and histories into the space; empty for a space of items only
 * @param queries vectors that the query tower takes, by normalized query, where an encoder of the
 *     space's own reads queries; empty where the encoder as it is does
 */
public record EmbeddingSpace(
    float[][] items, Optional<Towers> towers, Map<String, float[]> queries) {
  private static final String ITEMS = "items";
  private static final String ITEM_TEXT = "item_text";
  private static final String ITEM_COLLABORATIVE = "item_collaborative";
  private static final String QUERY = "query";
  private static final String HISTORY = "history";
  private static final String POOLING = "pooling"; // items, decay
  private static final String QUERIES = "queries"; // in the order of the argument

  public EmbeddingSpace {
    check(items.length > 0, "space has no items, expected 1 or more");
  }

  /** A space whose queries are read by the encoder as it is. */
  EmbeddingSpace(float[][] items, Optional<Towers> towers) {
    this(items, towers, Map.of());
  }

  /** A space of items only. */
  public static EmbeddingSpace ofItems(float[][] items) {
    return new EmbeddingSpace(items, Optional.empty());
  }

  /** The space of the text encoder: items, queries and histories by their texts. */
  static EmbeddingSpace ofTexts(float[][] itemTexts, BiEncoderSettings settings) {
    Matrix same = identity(itemTexts[0].length);
    Matrix none = new Matrix(same.rows(), 1, new float[same.rows()]);
    return new EmbeddingSpace(
        itemTexts,
        Optional.of(
            new Towers(same, none, same, same, settings.historyItems(), settings.historyDecay())));
  }

  private static Matrix identity(int dimensions) {
    float[] values = new float[dimensions * dimensions];
    for (int d = 0; d < dimensions; d++) {
      values[d * dimensions + d] = 1;
    }
    return new Matrix(dimensions, dimensions, values);
  }

  /** The same with vectors of queries by an encoder of its own. */
  EmbeddingSpace withQueries(Map<String, float[]> own) {
    return new EmbeddingSpace(items, towers, own);
  }

  /**
   * The vector of a normalized query, in a space with a query tower.
   *
   * @param encoder the text encoder without fine-tuning
   */
  public float[] query(String query, Function<String, float[]> encoder) {
    float[] vector = queries.isEmpty() ? encoder.apply(query) : queries.get(query);
    if (vector == null) {
      throw new IllegalArgumentException(
          "query \"" + query + "\" was not among those that the space knows");
    }
    return towers.orElseThrow().query(vector);
  }

  /** D. */
  int dimensions() {
    return items[0].length;
  }

  /** Each item's vector with length 1; one of length 0 stays as it is. */
  public float[][] unitItems() {
    float[][] unit = new float[items.length][];
    for (int row = 0; row < unit.length; row++) {
      unit[row] = Vectors.normalize(items[row].clone());
    }
    return unit;
  }

  /** As tensors by name, to be kept. */
  Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(ITEMS, Tensor.rows(items, dimensions()));
    towers.ifPresent(
        some -> {
          tensors.put(ITEM_TEXT, tensor(some.itemText()));
          tensors.put(ITEM_COLLABORATIVE, tensor(some.itemCollaborative()));
          tensors.put(QUERY, tensor(some.query()));
          tensors.put(HISTORY, tensor(some.history()));
          float[] pooling = {some.historyItems(), (float) some.historyDecay()};
          tensors.put(POOLING, Tensor.floats(pooling, 2));
        });
    return tensors;
  }

  /** As tensors with the vectors of these queries, which are all it has of its own. */
  Map<String, Tensor> tensors(List<String> order) {
    Map<String, Tensor> tensors = tensors();
    float[][] own = order.stream().map(queries::get).toArray(float[][]::new);
    tensors.put(QUERIES, Tensor.rows(own, dimensions()));
    return tensors;
  }

  /** What {@link #tensors(List)} gave for the same queries. */
  static EmbeddingSpace of(Map<String, Tensor> tensors, List<String> order) {
    float[][] own = tensor(tensors, QUERIES).rows();
    check(own.length == order.size(), "%d queries cached, expected %d", own.length, order.size());
    Map<String, float[]> queries = new HashMap<>();
    for (int query = 0; query < own.length; query++) {
      queries.put(order.get(query), own[query]);
    }
    return of(tensors).withQueries(queries);
  }

  /** What {@link #tensors()} gave. */
  static EmbeddingSpace of(Map<String, Tensor> tensors) {
    return new EmbeddingSpace(
        tensor(tensors, ITEMS).rows(),
        tensors.containsKey(POOLING) ? Optional.of(towers(tensors)) : Optional.empty());
  }

  private static Tensor tensor(Map<String, Tensor> tensors, String name) {
    return requireNonNull(tensors.get(name), name);
  }

  private static Towers towers(Map<String, Tensor> tensors) {
    float[] pooling = tensor(tensors, POOLING).floats();
    return new Towers(
        matrix(tensor(tensors, ITEM_TEXT)),
        matrix(tensor(tensors, ITEM_COLLABORATIVE)),
        matrix(tensor(tensors, QUERY)),
        matrix(tensor(tensors, HISTORY)),
        (int) pooling[0],
        pooling[1]);
  }

  private static Tensor tensor(Matrix matrix) {
    return Tensor.floats(matrix.values(), matrix.rows(), matrix.columns());
  }

  private static Matrix matrix(Tensor tensor) {
    return new Matrix(tensor.length(0), tensor.length(1), tensor.floats());
  }
}
