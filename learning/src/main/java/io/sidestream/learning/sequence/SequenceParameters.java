package io.sidestream.learning.sequence;

import io.sidestream.learning.tensor.AdamW;
import io.sidestream.learning.tensor.InitialWeights;
import io.sidestream.learning.transformer.RelativeBuckets;
import io.sidestream.learning.transformer.T5Shape;
import io.sidestream.model.generator.GeneratorShape;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The names, shapes, first values and learning rates of the sequence generator's weights. */
final class SequenceParameters {
  /*
   * Letters: N items, V tokens, D vector dimensions, M model dimensions, K codes of a level. Layers
   * begin as the identity: what leaves attention and the feed-forward network begins at 0. Tables
   * of which a step meets few rows learn faster than matrices, and decay as much in all.
   */
  static final String TOKENS = "tokens.weight"; // (V + 1, M): the last row is for no token
  static final String TEXT = "position.text.weight"; // (D, M)
  static final String RESIDUAL = "position.residual.weight"; // (N, M)
  static final String QUERY = "position.query.weight"; // (D, M)
  static final String ITEM_QUERY = "item.query.weight"; // (M, M)
  static final String ITEM_QUERY_BIAS = "item.query.bias"; // (M)
  static final String ITEM_TEXT = "item.text.weight"; // (D, M)
  static final String ITEM_RESIDUAL = "item.residual.weight"; // (N, M)
  static final String ITEM_BIAS = "item.bias.weight"; // (N, 1)

  private static final RelativeBuckets BUCKETS = new RelativeBuckets(64, 512);
  private static final double EPSILON = 1e-6;

  private static final double TOKEN_DEVIATION = 0.7;
  private static final double PREFIX_DEVIATION = 0.5;
  private static final double TOKEN_RATE = 5.6;
  private static final double RESIDUAL_RATE = 8;
  private static final double PREFIX_RATE = 4;
  private static final double ITEM_RESIDUAL_RATE = 2;

  /** Decay of a table in a step: this share of a matrix's. */
  private static final double TABLE_DECAY = 0.16;

  private SequenceParameters() {}

  /** The layers, all of them in the encoder. */
  static T5Shape layers(GeneratorShape shape) {
    return new T5Shape(
        shape.modelDimensions(),
        shape.headDimensions(),
        shape.heads(),
        shape.feedForwardDimensions(),
        shape.layers(),
        0,
        BUCKETS,
        EPSILON,
        T5Shape.FeedForward.GATED_GELU,
        false);
  }

  /** Scores of a level's codes from states, shape (M, K). */
  static String head(int level) {
    return "head." + level + ".weight";
  }

  /** Shape (K). */
  static String headBias(int level) {
    return "head." + level + ".bias";
  }

  /** What a code adds to the prefix of the levels after its own, shape (K, M). */
  static String prefix(int level) {
    return "prefix." + level + ".weight";
  }

  /** Shape (2M, 2M). */
  static String inner(int level) {
    return "prefix." + level + ".inner.weight";
  }

  /** Shape (2M, M). */
  static String outer(int level) {
    return "prefix." + level + ".outer.weight";
  }

  /** Shape (M). */
  static String norm(int level) {
    return "prefix." + level + ".norm.weight";
  }

  static <W extends InitialWeights> W fill(
      W weights, GeneratorShape shape, int items, SplittableRandom random) {
    int model = shape.modelDimensions();
    int dimensions = shape.vectorDimensions();
    weights.normal(TOKENS, TOKEN_DEVIATION, random, shape.vocabulary() + 1, model);
    weights.normal(TEXT, linear(dimensions), random, dimensions, model);
    weights.constant(RESIDUAL, 0, items, model);
    weights.normal(QUERY, linear(dimensions), random, dimensions, model);
    addLayers(weights, shape, random);
    addHeads(weights, shape, random);
    weights.normal(ITEM_QUERY, linear(model), random, model, model);
    weights.constant(ITEM_QUERY_BIAS, 0, model);
    weights.normal(ITEM_TEXT, linear(dimensions), random, dimensions, model);
    weights.constant(ITEM_RESIDUAL, 0, items, model);
    weights.constant(ITEM_BIAS, 0, items, 1);
    return weights;
  }

  private static double linear(int in) {
    return Math.sqrt(1.0 / (3 * in));
  }

  private static void addLayers(
      InitialWeights weights, GeneratorShape shape, SplittableRandom random) {
    layers(shape)
        .weights(T5Shape.ENCODER)
        .forEach(
            (name, axes) -> {
              if (axes.length == 1) {
                weights.constant(name, 1, axes);
              } else if (name.endsWith(".o.weight")
                  || name.endsWith(".wo.weight")
                  || name.equals(T5Shape.positions(T5Shape.ENCODER))) {
                weights.constant(name, 0, axes);
              } else {
                weights.normal(name, linear(shape.modelDimensions()), random, axes);
              }
            });
  }

  private static void addHeads(
      InitialWeights weights, GeneratorShape shape, SplittableRandom random) {
    int model = shape.modelDimensions();
    int width = shape.codebook().width();
    for (int level = 0; level < shape.codebook().levels(); level++) {
      weights.normal(head(level), linear(model), random, model, width);
      weights.constant(headBias(level), 0, width);
      if (level > 0) {
        weights.normal(prefix(level - 1), PREFIX_DEVIATION, random, width, model);
        weights.normal(inner(level), linear(2 * model), random, 2L * model, 2L * model);
        weights.normal(outer(level), linear(2 * model), random, 2L * model, model);
        weights.constant(norm(level), 1, model);
      }
    }
  }

  /** Those of the weights that learn otherwise than matrices. */
  static Map<String, AdamW.Pace> paces(GeneratorShape shape, double weightDecay) {
    Map<String, AdamW.Pace> paces = new HashMap<>();
    paces.put(TOKENS, pace(TOKEN_RATE, weightDecay));
    paces.put(RESIDUAL, pace(RESIDUAL_RATE, weightDecay));
    paces.put(ITEM_RESIDUAL, pace(ITEM_RESIDUAL_RATE, weightDecay));
    paces.put(ITEM_BIAS, new AdamW.Pace(1, 0));
    for (int level = 0; level < shape.codebook().levels() - 1; level++) {
      paces.put(prefix(level), pace(PREFIX_RATE, weightDecay));
    }
    return paces;
  }

  private static AdamW.Pace pace(double rate, double weightDecay) {
    return new AdamW.Pace(rate, weightDecay * TABLE_DECAY / rate);
  }
}
