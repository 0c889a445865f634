package io.sidestream.learning.generation;

import io.sidestream.model.text.TextEncoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Vectors of queries by the encoder of a generation, each encoded once in a training: those of the
 * pool have theirs, and validation, cold items and tests ask for the same ones again. Thread-safe.
 */
final class QueryVectors implements Function<String, float[]> {
  private final Function<String, float[]> encoder;
  private final Map<String, float[]> known = new ConcurrentHashMap<>();

  /**
   * @param encoder of the generation; vectors of {@code space} are by the same one
   */
  QueryVectors(TextEncoder encoder, TextEmbeddings texts, TrainedTowers space) {
    this(encoder::encode, texts.pool().queries(), space.queryVectors());
  }

  /**
   * @param encoder the unit vector of a text; called by several threads
   * @param vectors of the queries by the same encoder, not copied
   */
  QueryVectors(Function<String, float[]> encoder, List<String> queries, float[][] vectors) {
    this.encoder = encoder;
    for (int query = 0; query < vectors.length; query++) {
      known.put(queries.get(query), vectors[query]);
    }
  }

  /** The unit vector (E) of a query as it is, not normalized here. */
  @Override
  public float[] apply(String query) {
    float[] vector = known.get(query);
    if (vector == null) { // outside of the map, whose other keys would wait; to the same numbers
      vector = encoder.apply(query);
      known.put(query, vector);
    }
    return vector;
  }
}
