package io.sidestream.learning.generator;

import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.generator.GeneratorShape;
import java.util.Set;
import java.util.SplittableRandom;

/** The names, shapes and first values of the generator's weights. */
final class GeneratorParameters {
  /*
   * Deviations are those of T5: attention scores are not divided by the root of the head's dimensions, the query's
   * matrix starts smaller instead. Raffel et al. 2020, arXiv 1910.10683; gated GELU: Shazeer 2020, arXiv 2002.05202.
   *
   * Letters: V tokens, D vector dimensions, M model dimensions, F feed-forward dimensions, H heads, L levels, K codes.
   */
  static final String TOKENS = "embeddings"; // (V, M), of encoder and decoder
  static final String VECTOR = "vector"; // (D, M)
  static final String START = "start"; // (1, M)
  static final String HEADS = "heads"; // (L, M, K)
  static final String SIGHT = "sight"; // (L, D, K)

  /** Those that prompts' vectors go through. */
  static final Set<String> OF_VECTORS = Set.of(VECTOR, SIGHT);

  private GeneratorParameters() {}

  /** The input token of a code: ID tokens are the last ones, level by level. */
  static int codeToken(GeneratorShape shape, int level, int code) {
    int width = shape.codebook().width();
    return shape.vocabulary() - (shape.codebook().levels() - level) * width + code;
  }

  static String positions(String stack) {
    return stack + ".positions"; // (buckets, H)
  }

  static String finalNorm(String stack) {
    return stack + ".norm"; // (M)
  }

  static String layer(String stack, int layer, String part) {
    return stack + "." + layer + "." + part;
  }

  static Parameters random(GeneratorShape shape, SplittableRandom random) {
    return random(shape, CentroidLogits.unknown(shape), random);
  }

  /** Weights through which nothing of a prompt's vector comes, as long as these two stay. */
  static Parameters blind(GeneratorShape shape, SplittableRandom random) {
    return fill(new Parameters(), shape, CentroidLogits.unknown(shape), 0, random);
  }

  static Parameters random(GeneratorShape shape, CentroidLogits geometry, SplittableRandom random) {
    return fill(new Parameters(), shape, geometry, random);
  }

  static Parameters fill(
      Parameters parameters,
      GeneratorShape shape,
      CentroidLogits geometry,
      SplittableRandom random) {
    return fill(parameters, shape, geometry, 1, random);
  }

  private static Parameters fill(
      Parameters parameters,
      GeneratorShape shape,
      CentroidLogits geometry,
      double vectorDeviation,
      SplittableRandom random) {
    int model = shape.modelDimensions();
    int levels = shape.codebook().levels();
    parameters.normal(TOKENS, 1, random, shape.vocabulary(), model);
    parameters.normal(VECTOR, vectorDeviation, random, shape.vectorDimensions(), model);
    parameters.normal(START, 1, random, 1, model);
    addStack(parameters, Stack.ENCODER, shape, random);
    addStack(parameters, Stack.DECODER, shape, random);
    int width = shape.codebook().width();
    parameters.normal(HEADS, 1 / Math.sqrt(model), random, levels, model, width);
    parameters.add(SIGHT, geometry.weights(), levels, shape.vectorDimensions(), width);
    return parameters;
  }

  private static void addStack(
      Parameters parameters, Stack stack, GeneratorShape shape, SplittableRandom random) {
    double deviation = 1 / Math.sqrt(shape.modelDimensions());
    parameters.normal(
        positions(stack.label()), deviation, random, RelativePositions.BUCKETS, shape.heads());
    for (int layer = 0; layer < shape.layers(); layer++) {
      addAttention(parameters, layer(stack.label(), layer, "self"), shape, random);
      if (stack == Stack.DECODER) {
        addAttention(parameters, layer(stack.label(), layer, "cross"), shape, random);
      }
      addFeedForward(parameters, layer(stack.label(), layer, "feed"), shape, random);
    }
    parameters.constant(finalNorm(stack.label()), 1, shape.modelDimensions());
  }

  private static void addAttention(
      Parameters parameters, String name, GeneratorShape shape, SplittableRandom random) {
    int model = shape.modelDimensions();
    double deviation = 1 / Math.sqrt(model);
    double query = deviation / Math.sqrt(shape.headDimensions());
    parameters.constant(name + ".norm", 1, model);
    parameters.normal(name + ".query", query, random, model, model);
    parameters.normal(name + ".key", deviation, random, model, model);
    parameters.normal(name + ".value", deviation, random, model, model);
    parameters.normal(name + ".out", deviation, random, model, model);
  }

  private static void addFeedForward(
      Parameters parameters, String name, GeneratorShape shape, SplittableRandom random) {
    int model = shape.modelDimensions();
    int wide = shape.feedForwardDimensions();
    parameters.constant(name + ".norm", 1, model);
    parameters.normal(name + ".gate", 1 / Math.sqrt(model), random, model, wide);
    parameters.normal(name + ".up", 1 / Math.sqrt(model), random, model, wide);
    parameters.normal(name + ".down", 1 / Math.sqrt(wide), random, wide, model);
  }
}
