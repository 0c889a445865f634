package io.sidestream.benchmarks.training;

import io.sidestream.learning.generator.GeneratorTraining;
import io.sidestream.learning.generator.GeneratorWeights;
import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Cuda;
import io.sidestream.learning.tensor.Precision;
import io.sidestream.model.onnx.Device;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * How many examples a second a generator learns on a device, and how far its losses on two devices
 * are apart. One JSON line per measurement.
 */
public final class GeneratorTrainingBenchmark {
  private static final long SEED = 1;
  private static final int PARITY_STEPS = 20;
  private static final double DROPOUT = 0.1;
  private static final String USAGE =
      "expected: speed DEVICE SHAPE BATCH WARMUP STEPS, or parity DEVICE SHAPE BATCH";

  private final PrintStream out;

  GeneratorTrainingBenchmark(PrintStream out) {
    this.out = out;
  }

  /**
   * Measures.
   *
   * @param arguments {@code speed cuda base 32 5 30} or {@code parity cuda default 64}
   */
  public static void main(String[] arguments) {
    new GeneratorTrainingBenchmark(System.out).run(List.of(arguments));
  }

  void run(List<String> arguments) {
    if (arguments.size() != 6 && arguments.size() != 4) {
      throw new IllegalArgumentException(USAGE);
    }
    Device device = Device.valueOf(arguments.get(1).toUpperCase(Locale.ROOT));
    Precision precision = precision();
    Cuda.require(device, precision);
    BenchmarkShape shape = BenchmarkShape.valueOf(arguments.get(2).toUpperCase(Locale.ROOT));
    int batch = Integer.parseInt(arguments.get(3));
    if (arguments.get(0).equals("speed") && arguments.size() == 6) {
      int warmup = Integer.parseInt(arguments.get(4));
      speed(device, precision, shape, batch, warmup, Integer.parseInt(arguments.get(5)));
    } else if (arguments.get(0).equals("parity")) {
      parity(device, precision, shape, batch);
    } else {
      throw new IllegalArgumentException(USAGE);
    }
  }

  private static Precision precision() {
    boolean tf32 = "1".equals(System.getenv(Cuda.TF32_VARIABLE));
    return tf32 ? Precision.TF32 : Precision.FLOAT32;
  }

  private void speed(
      Device device, Precision precision, BenchmarkShape shape, int batch, int warmup, int steps) {
    StepClock clock = new StepClock(warmup);
    LossCurve losses = losses(device, shape, batch, DROPOUT, warmup + steps, clock);
    out.printf(
        Locale.ROOT,
        "{\"what\":\"speed\",\"who\":\"sidestream\",\"device\":\"%s\",\"card\":\"%s\","
            + "\"precision\":\"%s\",\"shape\":\"%s\",\"batch\":%d,\"tokens\":%d,\"steps\":%d,"
            + "\"seconds\":%.3f,\"examples_per_second\":%.1f,\"loss\":%.4f}%n",
        lower(device),
        card(device),
        lower(precision),
        lower(shape),
        batch,
        BenchmarkShape.TOKENS,
        steps,
        clock.seconds(),
        batch * steps / clock.seconds(),
        losses.last());
  }

  private void parity(Device device, Precision precision, BenchmarkShape shape, int batch) {
    double[] processor = steps(losses(Device.CPU, shape, batch, 0, PARITY_STEPS, silent()));
    double[] other = steps(losses(device, shape, batch, 0, PARITY_STEPS, silent()));
    double largest = 0;
    for (int step = 0; step < processor.length; step++) {
      double difference = Math.abs(processor[step] - other[step]) / Math.abs(processor[step]);
      largest = Math.max(largest, difference);
    }
    out.printf(
        Locale.ROOT,
        "{\"what\":\"parity\",\"device\":\"%s\",\"card\":\"%s\",\"precision\":\"%s\","
            + "\"shape\":\"%s\",\"batch\":%d,\"steps\":%d,\"first_loss\":%.6f,\"last_loss\":%.6f,"
            + "\"largest_relative_difference\":%.3e}%n",
        lower(device),
        card(device),
        lower(precision),
        lower(shape),
        batch,
        processor.length,
        processor[0],
        processor[processor.length - 1],
        largest);
  }

  private static LossCurve losses(
      Device device,
      BenchmarkShape shape,
      int batch,
      double dropout,
      int steps,
      TrainingProgress progress) {
    RandomExamples random = RandomExamples.of(shape.shape(), 4 * batch, SEED);
    GeneratorTraining.Settings settings =
        new GeneratorTraining.Settings(
            steps, steps, batch, 1e-3, 0.01, dropout, 0.05, true, 0, device);
    try (GeneratorWeights trained =
        GeneratorTraining.train(
            shape.shape(),
            random.geometry(),
            random.trie(),
            random.examples(),
            settings,
            SEED,
            progress)) {
      return trained.losses();
    }
  }

  private static double[] steps(LossCurve losses) {
    return losses.points().stream().mapToDouble(LossCurve.Point::loss).toArray();
  }

  private static TrainingProgress silent() {
    return TrainingProgress.NONE;
  }

  private static String card(Device device) {
    return device == Device.CUDA ? Cuda.card().orElse("unknown") : "";
  }

  private static String lower(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
