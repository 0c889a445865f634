package io.sidestream.trainer.quantizer;

import ai.djl.ndarray.NDArray;
import io.sidestream.trainer.TrainingProgress;
import io.sidestream.trainer.codebook.Squares;
import io.sidestream.trainer.codebook.VectorChecks;
import io.sidestream.trainer.tensor.AdamW;
import io.sidestream.trainer.tensor.LearningRate;
import io.sidestream.trainer.tensor.Parameters;
import io.sidestream.trainer.tensor.TrainingStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Encoder, bottleneck and decoder, trained so that vectors come back through their codes.
 *
 * <p>Legend: B vectors of a step, D dimensions, E latent dimensions.
 */
final class QuantizedAutoencoder {
  /*
   * A code cannot be moved a little, so the gradient of the reconstruction passes the bottleneck as if it were not there:
   * the decoder gets latent + (quantized - latent), the difference a number [1]. Codes are chosen in a pass of their own
   * before the step, so that what the step differentiates is a plain function of its weights with the choice given, which
   * finite differences can check. The loss is the mean squared error per dimension plus the bottleneck's. Vectors are scaled
   * by one number to a mean square of 1 per dimension, and back. [1] van den Oord, Vinyals & Kavukcuoglu 2017, arXiv
   * 1711.00937, section 3.2
   */
  private static final int CHUNK = 2_048;
  private static final double NO_CLIP = 1e9;
  private static final AdamW.Settings ADAM = new AdamW.Settings(0.9, 0.999, 1e-8, 0, NO_CLIP);
  private static final double WARM_UP = 0.02;

  private final Bottleneck bottleneck;
  private final AutoencoderSettings settings;

  QuantizedAutoencoder(Bottleneck bottleneck, AutoencoderSettings settings) {
    this.bottleneck = bottleneck;
    this.settings = settings;
  }

  Quantized fit(float[][] vectors, long seed, TrainingProgress progress) {
    int dimensions = VectorChecks.dimensions(vectors);
    progress.stage(bottleneck.name(), String.format(Locale.ROOT, "%,d vectors", vectors.length));
    double scale = scale(vectors);
    float[][] scaled = times(vectors, scale);
    SplittableRandom random = new SplittableRandom(seed);
    try (Parameters parameters = new Parameters();
        AdamW optimizer = new AdamW(parameters, ADAM)) {
      Network network = Network.of(dimensions, settings.hidden(), bottleneck);
      int[] order = IntStream.range(0, vectors.length).toArray();
      shuffle(order, random);
      network.begin(parameters, random);
      bottleneck.begin(parameters, latents(network, parameters, first(scaled, order)), random);
      List<Double> losses = learn(network, parameters, optimizer, scaled, order, random, progress);
      Quantized quantized = coded(network, parameters, scaled, scale, losses);
      progress.finished(
          bottleneck.name(),
          String.format(Locale.ROOT, "loss %.4g", losses.get(losses.size() - 1)));
      return quantized;
    }
  }

  /** What a step differentiates: shape (). */
  record Network(Perceptron encoder, Perceptron decoder, Bottleneck bottleneck) {
    static Network of(int dimensions, List<Integer> hidden, Bottleneck bottleneck) {
      int[] widths = new int[hidden.size() + 2];
      widths[0] = dimensions;
      widths[widths.length - 1] = bottleneck.dimensions();
      for (int i = 0; i < hidden.size(); i++) {
        widths[i + 1] = hidden.get(i);
      }
      int[] back =
          IntStream.range(0, widths.length).map(i -> widths[widths.length - 1 - i]).toArray();
      return new Network(
          new Perceptron("encoder", widths), new Perceptron("decoder", back), bottleneck);
    }

    void begin(Parameters parameters, SplittableRandom random) {
      encoder.begin(parameters, random);
      decoder.begin(parameters, random);
    }

    /** Shapes: x (B, D), result (B, E). */
    NDArray encode(TrainingStep step, NDArray x) {
      return encoder.apply(step, x);
    }

    NDArray loss(TrainingStep step, NDArray x, Choice choice) {
      NDArray latents = encode(step, x); // (B, E)
      NDArray change = step.floats(choice.change(), latents.getShape().getShape()); // (B, E)
      NDArray back = decoder.apply(step, latents.add(change)); // (B, D)
      return back.sub(x).square().mean().add(bottleneck.loss(step, latents, choice));
    }
  }

  private float[][] first(float[][] vectors, int[] order) {
    return rows(vectors, order, 0, Math.min(order.length, firstBatch()));
  }

  /** K-means on the first batch needs some points per code. */
  private int firstBatch() {
    return Math.max(settings.batch(), 8 * bottleneck.shape().width());
  }

  private static float[][] latents(Network network, Parameters parameters, float[][] vectors) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      float[] flat = network.encode(step, input(step, vectors)).toFloatArray();
      int width = flat.length / vectors.length;
      return IntStream.range(0, vectors.length)
          .mapToObj(row -> Arrays.copyOfRange(flat, row * width, (row + 1) * width))
          .toArray(float[][]::new);
    }
  }

  private List<Double> learn(
      Network network,
      Parameters parameters,
      AdamW optimizer,
      float[][] vectors,
      int[] order,
      SplittableRandom random,
      TrainingProgress progress) {
    long steps = (order.length + settings.batch() - 1L) / settings.batch() * settings.epochs();
    LearningRate rate =
        LearningRate.cosine(settings.learningRate(), (long) (WARM_UP * steps), steps);
    List<Double> losses = new ArrayList<>();
    long done = 0;
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      shuffle(order, random);
      long[][] uses = new long[bottleneck.shape().levels()][bottleneck.shape().width()];
      Choice choice = null;
      double sum = 0;
      for (int from = 0; from < order.length; from += settings.batch()) {
        float[][] batch =
            rows(vectors, order, from, Math.min(order.length, from + settings.batch()));
        choice = choose(network, parameters, batch);
        count(choice, uses);
        try (TrainingStep step = TrainingStep.learning(parameters)) {
          NDArray loss = network.loss(step, input(step, batch), choice);
          sum += step.backward(loss) * batch.length;
          optimizer.apply(step, rate.at(done++));
        }
      }
      losses.add(sum / order.length);
      if (epoch + 1 < settings.epochs()) {
        bottleneck.afterEpoch(parameters, uses, choice, random);
      }
      progress.step(epoch + 1, settings.epochs());
    }
    return losses;
  }

  private static Choice choose(Network network, Parameters parameters, float[][] batch) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      return network.bottleneck().choose(step, network.encode(step, input(step, batch)));
    }
  }

  private static void count(Choice choice, long[][] uses) {
    for (int level = 0; level < uses.length; level++) {
      for (long code : choice.codes()[level]) {
        uses[level][(int) code]++;
      }
    }
  }

  private Quantized coded(
      Network network,
      Parameters parameters,
      float[][] vectors,
      double scale,
      List<Double> losses) {
    int levels = bottleneck.shape().levels();
    int[][] codes = new int[vectors.length][levels];
    float[][] reconstruction = new float[vectors.length][];
    for (int from = 0; from < vectors.length; from += CHUNK) {
      float[][] chunk = Arrays.copyOfRange(vectors, from, Math.min(vectors.length, from + CHUNK));
      Choice choice = choose(network, parameters, chunk);
      float[][] back = decoded(network, parameters, choice, chunk.length);
      for (int row = 0; row < chunk.length; row++) {
        for (int level = 0; level < levels; level++) {
          codes[from + row][level] = (int) choice.codes()[level][row];
        }
        reconstruction[from + row] = times(back[row], 1 / scale);
      }
    }
    return new Quantized(bottleneck.shape(), codes, reconstruction, losses);
  }

  private static float[][] decoded(
      Network network, Parameters parameters, Choice choice, int count) {
    try (TrainingStep step = TrainingStep.computing(parameters)) {
      NDArray quantized =
          step.floats(choice.total(), count, network.bottleneck().dimensions()); // (B, E)
      float[] flat = network.decoder().apply(step, quantized).toFloatArray();
      int width = flat.length / count;
      return IntStream.range(0, count)
          .mapToObj(row -> Arrays.copyOfRange(flat, row * width, (row + 1) * width))
          .toArray(float[][]::new);
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

  private static float[][] rows(float[][] vectors, int[] order, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> vectors[order[i]]).toArray(float[][]::new);
  }

  private static double scale(float[][] vectors) {
    double square = Squares.sum(vectors) / vectors.length / vectors[0].length;
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

  private static void shuffle(int[] numbers, SplittableRandom random) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = swapped;
    }
  }
}
