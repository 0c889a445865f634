package io.sidestream.learning.transformer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.FiniteDifferences;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class T5Test {
  private static T5Shape shape(T5Shape.FeedForward feedForward, boolean transposed) {
    RelativeBuckets buckets = RelativeBuckets.DEFAULT;
    return new T5Shape(8, 3, 2, 6, 1, 1, buckets, 1e-6, feedForward, transposed);
  }

  @ParameterizedTest
  @EnumSource
  void selfAttention_gradient_equalsFiniteDifferences(T5Shape.FeedForward feedForward) {
    checkGradients(
        feedForward,
        "(?!.*bias).*layer.0.*",
        (t5, step) ->
            t5.selfAttention(
                T5Shape.ENCODER, 0, step.weight("x"), step.floats(new float[9], 1, 1, 3, 3)));
  }

  @ParameterizedTest
  @EnumSource
  void feedForward_gradient_equalsFiniteDifferences(T5Shape.FeedForward feedForward) {
    checkGradients(
        feedForward,
        ".*layer.1.*",
        (t5, step) -> t5.feedForward(T5Shape.ENCODER, 0, step.weight("x")));
  }

  @Test
  void norm_gradient_equalsFiniteDifferences() {
    checkGradients(
        T5Shape.FeedForward.RELU,
        ".*final.*",
        (t5, step) -> t5.norm(T5Shape.finalNorm(T5Shape.ENCODER), step.weight("x")));
  }

  private static void checkGradients(
      T5Shape.FeedForward feedForward, String weights, BiFunction<T5, TrainingStep, NDArray> part) {
    T5Shape shape = shape(feedForward, false);
    SplittableRandom random = new SplittableRandom(12);
    try (Parameters parameters = FiniteDifferences.parameters()) {
      parameters.normal("x", 1, random, 2, 3, shape.dimensions());
      shape
          .weights(T5Shape.ENCODER)
          .forEach(
              (name, lengths) -> {
                if (name.matches(weights)) {
                  parameters.normal(name, 0.4, random, lengths);
                }
              });
      FiniteDifferences.check(
          parameters,
          step -> part.apply(new T5(step, shape, Dropout.NONE, Dropout.NONE), step).square().sum());
    }
  }

  @Test
  void weights_transposed_haveOutBeforeIn() {
    String query = T5Shape.attention(T5Shape.DECODER, 0, 1) + ".q.weight";
    long[] plain = shape(T5Shape.FeedForward.RELU, false).weights(T5Shape.DECODER).get(query);
    long[] transposed = shape(T5Shape.FeedForward.RELU, true).weights(T5Shape.DECODER).get(query);

    assertEquals(8, plain[0]);
    assertEquals(6, plain[1]);
    assertEquals(6, transposed[0]);
    assertEquals(8, transposed[1]);
  }
}
