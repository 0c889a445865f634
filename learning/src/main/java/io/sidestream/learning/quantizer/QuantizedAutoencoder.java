package io.sidestream.learning.quantizer;

import io.sidestream.learning.codebook.QuantizationError;
import io.sidestream.learning.codebook.VectorChecks;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.AdamW;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.onnx.Device;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Encoder, bottleneck and decoder, trained so that vectors come back through their codes.
 *
 * <p>Legend: B vectors of a step, D dimensions, E latent dimensions.
 */
final class QuantizedAutoencoder {
  /*
   * A code cannot be moved a little, so the gradient of the reconstruction passes the bottleneck as
   * if it were not there: the decoder gets latent + (quantized - latent), the difference a number
   * [1]. Codes are chosen in a pass of their own before the step, so that what the step
   * differentiates is a plain function of its weights with the choice given, which finite
   * differences can check. The loss is the mean squared error per dimension plus the bottleneck's.
   * Vectors are scaled by one number to a mean square of 1 per dimension, and back. [1] van den
   * Oord, Vinyals & Kavukcuoglu 2017, arXiv 1711.00937, section 3.2
   */
  private static final int CHUNK = 2_048;
  private static final double NO_CLIP = 1e9;
  private static final AdamW.Settings ADAM = new AdamW.Settings(0.9, 0.999, 1e-8, 0, NO_CLIP);

  private final Bottleneck bottleneck;
  private final AutoencoderSettings settings;

  QuantizedAutoencoder(Bottleneck bottleneck, AutoencoderSettings settings) {
    this.bottleneck = bottleneck;
    this.settings = settings;
  }

  Quantized fit(float[][] vectors, long seed, TrainingProgress progress) {
    int dimensions = VectorChecks.dimensions(vectors);
    progress.stage(bottleneck.name(), "%,d vectors", vectors.length);
    double scale = scale(vectors);
    float[][] scaled = times(vectors, scale);
    SplittableRandom random = new SplittableRandom(seed);
    try (Parameters parameters = new Parameters(Device.CPU);
        AdamW optimizer = new AdamW(parameters, ADAM)) {
      AutoencoderNetwork network = AutoencoderNetwork.of(dimensions, settings.hidden(), bottleneck);
      int[] order = IntStream.range(0, vectors.length).toArray();
      AutoencoderTraining.shuffle(order, random);
      network.begin(parameters, random);
      bottleneck.begin(parameters, network.latents(parameters, first(scaled, order)), random);
      List<Double> losses =
          new AutoencoderTraining(network, settings, parameters, optimizer, random)
              .learn(scaled, order, progress);
      Quantized quantized = coded(network, parameters, scaled, scale, losses);
      progress.finished(bottleneck.name(), "loss %.4g", losses.get(losses.size() - 1));
      return quantized;
    }
  }

  private float[][] first(float[][] vectors, int[] order) {
    return AutoencoderTraining.rows(vectors, order, 0, Math.min(order.length, firstBatch()));
  }

  /** K-means on the first batch needs some points per code. */
  private int firstBatch() {
    return Math.max(settings.batch(), 8 * bottleneck.shape().width());
  }

  private Quantized coded(
      AutoencoderNetwork network,
      Parameters parameters,
      float[][] vectors,
      double scale,
      List<Double> losses) {
    int levels = bottleneck.shape().levels();
    int[][] codes = new int[vectors.length][levels];
    float[][] reconstruction = new float[vectors.length][];
    for (int from = 0; from < vectors.length; from += CHUNK) {
      float[][] chunk = Arrays.copyOfRange(vectors, from, Math.min(vectors.length, from + CHUNK));
      CodeAssignment choice = network.choose(parameters, chunk);
      float[][] back = network.decoded(parameters, choice);
      for (int row = 0; row < chunk.length; row++) {
        for (int level = 0; level < levels; level++) {
          codes[from + row][level] = (int) choice.codes()[level][row];
        }
        reconstruction[from + row] = times(back[row], 1 / scale);
      }
    }
    return new Quantized(bottleneck.shape(), codes, reconstruction, losses);
  }

  private static double scale(float[][] vectors) {
    double square = QuantizationError.squaredLengths(vectors) / vectors.length / vectors[0].length;
    return square == 0 ? 1 : 1 / Math.sqrt(square);
  }

  private static float[][] times(float[][] vectors, double factor) {
    return Arrays.stream(vectors).map(vector -> times(vector, factor)).toArray(float[][]::new);
  }

  private static float[] times(float[] vector, double factor) {
    float[] product = new float[vector.length];
    for (int d = 0; d < product.length; d++) {
      product[d] = (float) (vector[d] * factor);
    }
    return product;
  }
}
