package io.sidestream.learning.pretrained;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.generator.GraphPlan;
import io.sidestream.learning.tensor.NamedWeights;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.transformer.T5Shape;
import java.util.Arrays;
import java.util.Map;

/**
 * The weights of a T5 as a generator's graph takes them: matrices as [in, out], of the output only
 * the rows of IDs, level by level, unless the whole vocabulary is asked for.
 *
 * <p>Letters: V tokens, M model dimensions, L levels, K codes.
 */
record T5GraphWeights(Parameters parameters, T5Config config, IdTokens ids)
    implements NamedWeights {
  /** Most bytes of weights in one graph: what its format can hold, less room for the nodes. */
  static final long MAX_BYTES = Integer.MAX_VALUE - (16L << 20);

  /** Sizes of encoder and decoder with matrices as the graph has them. */
  T5Shape stacks() {
    T5Shape shape = config.shape();
    return new T5Shape(
        shape.dimensions(),
        shape.headDimensions(),
        shape.heads(),
        shape.inner(),
        shape.encoderLayers(),
        shape.decoderLayers(),
        shape.buckets(),
        shape.epsilon(),
        shape.feedForward(),
        false);
  }

  /** Refuses a model that is larger than a graph can hold. */
  void requireFits(GraphPlan.Normalizer normalizer) {
    requireFits(bytes(normalizer));
  }

  static void requireFits(long bytes) {
    check(
        bytes <= MAX_BYTES,
        "generator has %.1f GB of weights, expected at most %.1f GB",
        bytes / 1e9,
        MAX_BYTES / 1e9);
  }

  private long bytes(GraphPlan.Normalizer normalizer) {
    long numbers = (long) config.vocabulary() * dimensions();
    for (String stack : new String[] {T5Shape.ENCODER, T5Shape.DECODER}) {
      for (long[] shape : config.shape().weights(stack).values()) {
        numbers += Arrays.stream(shape).reduce(1, Math::multiplyExact);
      }
    }
    numbers += (long) ids.count() * dimensions();
    boolean whole = normalizer == GraphPlan.Normalizer.VOCABULARY;
    return (numbers + (whole ? (long) config.vocabulary() * dimensions() : 0)) * Float.BYTES;
  }

  private int dimensions() {
    return config.shape().dimensions();
  }

  @Override
  public long[] shape(String name) {
    int width = ids.shape().width();
    Map<String, long[]> own =
        Map.of(
            GraphPlan.START, new long[] {1, dimensions()},
            GraphPlan.HEADS, new long[] {ids.shape().levels(), dimensions(), width},
            GraphPlan.VOCABULARY_HEAD, new long[] {dimensions(), config.vocabulary()});
    long[] shape = own.getOrDefault(name, new long[0]);
    if (shape.length > 0) {
      return shape.clone();
    }
    long[] found = parameters.shape(name);
    return isMatrix(name) ? new long[] {found[1], found[0]} : found;
  }

  @Override
  public float[] floats(String name) {
    return switch (name) {
      case GraphPlan.START -> start();
      case GraphPlan.HEADS -> heads();
      case GraphPlan.VOCABULARY_HEAD -> scaled(transposed(output(), dimensions()));
      default ->
          isMatrix(name)
              ? transposed(parameters.floats(name), (int) parameters.shape(name)[1])
              : parameters.floats(name);
    };
  }

  /** What is multiplied from the right; tables of tokens and of positions are looked up. */
  private static boolean isMatrix(String name) {
    return name.endsWith(".weight")
        && (name.contains("Attention.") || name.contains("DenseReluDense."))
        && !name.endsWith("relative_attention_bias.weight");
  }

  private float[] start() {
    float[] table = parameters.floats(T5Weights.TOKENS);
    int from = config.startToken() * dimensions();
    return Arrays.copyOfRange(table, from, from + dimensions());
  }

  /** Shape (L, M, K). */
  private float[] heads() {
    float[] output = output(); // (V, M)
    int width = ids.shape().width();
    float[] heads = new float[ids.count() * dimensions()];
    for (int level = 0; level < ids.shape().levels(); level++) {
      int from = ids.token(level, 0) * dimensions();
      float[] rows = Arrays.copyOfRange(output, from, from + width * dimensions()); // (K, M)
      System.arraycopy(transposed(rows, dimensions()), 0, heads, level * rows.length, rows.length);
    }
    return scaled(heads);
  }

  private float[] output() {
    return parameters.floats(config.tied() ? T5Weights.TOKENS : T5Weights.OUTPUT);
  }

  private float[] scaled(float[] head) {
    if (config.scaled()) {
      float scale = (float) Math.pow(dimensions(), -0.5);
      for (int i = 0; i < head.length; i++) {
        head[i] *= scale;
      }
    }
    return head;
  }

  /** Rows and columns exchanged. */
  static float[] transposed(float[] matrix, int columns) {
    int rows = matrix.length / columns;
    float[] other = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        other[column * rows + row] = matrix[row * columns + column];
      }
    }
    return other;
  }
}
