package io.sidestream.learning.generator;

import io.sidestream.learning.tensor.InitialWeights;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.transformer.RelativeBuckets;
import io.sidestream.learning.transformer.T5Shape;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.onnx.Device;
import java.util.Set;
import java.util.SplittableRandom;

/** The names, shapes and first values of the generator's weights. */
final class GeneratorParameters {
  /*
   * Deviations are those of T5: attention scores are not divided by the root of the head's
   * dimensions, the query's matrix starts smaller instead. Raffel et al. 2020, arXiv 1910.10683;
   * gated GELU: Shazeer 2020, arXiv 2002.05202.
   *
   * Letters: V tokens, D vector dimensions, M model dimensions, F feed-forward dimensions, H heads,
   * L levels, K codes.
   */
  static final String TOKENS = "shared.weight"; // (V, M), of encoder and decoder
  static final String VECTOR = "prompt_vector.weight"; // (D, M)
  static final String START = "start.weight"; // (1, M)
  static final String HEADS = "lm_heads.weight"; // (L, M, K)
  static final String CENTROID_LOGITS = "centroid_logits.weight"; // (L, D, K)

  /** Those that prompts' vectors go through. */
  static final Set<String> OF_VECTORS = Set.of(VECTOR, CENTROID_LOGITS);

  private GeneratorParameters() {}

  /** The input token of a code: ID tokens are the last ones, level by level. */
  static int codeToken(GeneratorShape shape, int level, int code) {
    int width = shape.codebook().width();
    return shape.vocabulary() - (shape.codebook().levels() - level) * width + code;
  }

  /** Encoder and decoder: T5 v1.1's but for the exact GELU. */
  static T5Shape stacks(GeneratorShape shape) {
    return new T5Shape(
        shape.modelDimensions(),
        shape.headDimensions(),
        shape.heads(),
        shape.feedForwardDimensions(),
        shape.layers(),
        shape.layers(),
        RelativeBuckets.DEFAULT,
        1e-6,
        T5Shape.FeedForward.GATED_GELU,
        false);
  }

  /** Weights that ignore prompts' vectors as long as {@link #OF_VECTORS} are frozen. */
  static Parameters withoutVectorFeatures(
      GeneratorShape shape, Device device, SplittableRandom random) {
    return fill(new Parameters(device), shape, CentroidLogits.zero(shape), 0, random);
  }

  static Parameters random(
      GeneratorShape shape, CentroidLogits geometry, Device device, SplittableRandom random) {
    return fill(new Parameters(device), shape, geometry, random);
  }

  static <W extends InitialWeights> W fill(
      W parameters, GeneratorShape shape, CentroidLogits geometry, SplittableRandom random) {
    return fill(parameters, shape, geometry, 1, random);
  }

  private static <W extends InitialWeights> W fill(
      W parameters,
      GeneratorShape shape,
      CentroidLogits geometry,
      double vectorDeviation,
      SplittableRandom random) {
    int model = shape.modelDimensions();
    int levels = shape.codebook().levels();
    parameters.normal(TOKENS, 1, random, shape.vocabulary(), model);
    parameters.normal(VECTOR, vectorDeviation, random, shape.vectorDimensions(), model);
    parameters.normal(START, 1, random, 1, model);
    addStack(parameters, T5Shape.ENCODER, shape, random);
    addStack(parameters, T5Shape.DECODER, shape, random);
    int width = shape.codebook().width();
    parameters.normal(HEADS, 1 / Math.sqrt(model), random, levels, model, width);
    parameters.add(CENTROID_LOGITS, geometry.weights(), levels, shape.vectorDimensions(), width);
    return parameters;
  }

  private static void addStack(
      InitialWeights parameters, String stack, GeneratorShape shape, SplittableRandom random) {
    double deviation = 1 / Math.sqrt(shape.modelDimensions());
    int buckets = RelativeBuckets.DEFAULT.buckets();
    parameters.normal(T5Shape.positions(stack), deviation, random, buckets, shape.heads());
    int feedForward = T5Shape.feedForwardPart(stack);
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (int part = 0; part < feedForward; part++) {
        parameters.constant(T5Shape.norm(stack, layer, part), 1, shape.modelDimensions());
        addAttention(parameters, T5Shape.attention(stack, layer, part), shape, random);
      }
      parameters.constant(T5Shape.norm(stack, layer, feedForward), 1, shape.modelDimensions());
      addFeedForward(parameters, T5Shape.feedForward(stack, layer), shape, random);
    }
    parameters.constant(T5Shape.finalNorm(stack), 1, shape.modelDimensions());
  }

  private static void addAttention(
      InitialWeights parameters, String name, GeneratorShape shape, SplittableRandom random) {
    int model = shape.modelDimensions();
    double deviation = 1 / Math.sqrt(model);
    double query = deviation / Math.sqrt(shape.headDimensions());
    parameters.normal(name + ".q.weight", query, random, model, model);
    parameters.normal(name + ".k.weight", deviation, random, model, model);
    parameters.normal(name + ".v.weight", deviation, random, model, model);
    parameters.normal(name + ".o.weight", deviation, random, model, model);
  }

  private static void addFeedForward(
      InitialWeights parameters, String name, GeneratorShape shape, SplittableRandom random) {
    int model = shape.modelDimensions();
    int inner = shape.feedForwardDimensions();
    parameters.normal(name + ".wi_0.weight", 1 / Math.sqrt(model), random, model, inner);
    parameters.normal(name + ".wi_1.weight", 1 / Math.sqrt(model), random, model, inner);
    parameters.normal(name + ".wo.weight", 1 / Math.sqrt(inner), random, inner, model);
  }
}
