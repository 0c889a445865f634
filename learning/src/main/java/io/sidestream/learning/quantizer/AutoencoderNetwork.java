package io.sidestream.learning.quantizer;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.Tensors;
import io.sidestream.learning.tensor.TrainingStep;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Encoder, bottleneck and decoder, and what a step differentiates.
 *
 * <p>Legend: B vectors, D dimensions, E latent dimensions.
 */
record AutoencoderNetwork(Perceptron encoder, Perceptron decoder, Bottleneck bottleneck) {
  static AutoencoderNetwork of(int dimensions, List<Integer> hidden, Bottleneck bottleneck) {
    int[] in =
        IntStream.concat(
                IntStream.concat(
                    IntStream.of(dimensions), hidden.stream().mapToInt(Integer::intValue)),
                IntStream.of(bottleneck.dimensions()))
            .toArray();
    int[] out = IntStream.range(0, in.length).map(i -> in[in.length - 1 - i]).toArray();
    return new AutoencoderNetwork(
        new Perceptron("encoder", in), new Perceptron("decoder", out), bottleneck);
  }

  /** Adds the weights of encoder and decoder. */
  void begin(Parameters parameters, SplittableRandom random) {
    encoder.begin(parameters, random);
    decoder.begin(parameters, random);
  }

  /** Shapes: x (B, D), result (B, E). */
  NDArray encode(TrainingStep step, NDArray x) {
    return encoder.apply(step, x);
  }

  /** The loss with this choice of codes, shape (). */
  NDArray loss(TrainingStep step, NDArray x, CodeAssignment choice) {
    NDArray latents = encode(step, x); // (B, E)
    NDArray change = step.floats(choice.change(), latents.getShape().getShape()); // (B, E)
    NDArray back = decoder.apply(step, latents.add(change)); // (B, D)
    return back.sub(x).square().mean().add(bottleneck.loss(step, latents, choice));
  }

  /** Shape [B][E]. */
  float[][] latents(Parameters parameters, float[][] vectors) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      return Tensors.rows(encode(step, input(step, vectors)));
    }
  }

  CodeAssignment choose(Parameters parameters, float[][] vectors) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      return bottleneck.choose(step, encode(step, input(step, vectors)));
    }
  }

  /** Reconstructions from the codes, shape [B][D]. */
  float[][] decoded(Parameters parameters, CodeAssignment choice) {
    int count = choice.codes()[0].length;
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      NDArray quantized = step.floats(choice.total(), count, bottleneck.dimensions()); // (B, E)
      return Tensors.rows(decoder.apply(step, quantized));
    }
  }

  static NDArray input(TrainingStep step, float[][] vectors) {
    int dimensions = vectors[0].length;
    float[] flat = new float[vectors.length * dimensions];
    for (int row = 0; row < vectors.length; row++) {
      System.arraycopy(vectors[row], 0, flat, row * dimensions, dimensions);
    }
    return step.floats(flat, vectors.length, dimensions); // (B, D)
  }
}
