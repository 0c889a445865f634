package io.sidestream.benchmarks.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    try {
      new GeneratorTrainingBenchmark(System.out).run(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
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
    out.println(
        described("speed", device, precision, shape, batch)
            .put("who", "sidestream")
            .put("tokens", BenchmarkShape.TOKENS)
            .put("steps", steps)
            .put("seconds", clock.seconds())
            .put("examples_per_second", batch * steps / clock.seconds())
            .put("loss", losses.last()));
  }

  private void parity(Device device, Precision precision, BenchmarkShape shape, int batch) {
    double[] processor =
        steps(losses(Device.CPU, shape, batch, 0, PARITY_STEPS, TrainingProgress.NONE));
    double[] other = steps(losses(device, shape, batch, 0, PARITY_STEPS, TrainingProgress.NONE));
    double largest = 0;
    for (int step = 0; step < processor.length; step++) {
      double difference = Math.abs(processor[step] - other[step]) / Math.abs(processor[step]);
      largest = Math.max(largest, difference);
    }
    out.println(
        described("parity", device, precision, shape, batch)
            .put("steps", processor.length)
            .put("first_loss", processor[0])
            .put("last_loss", processor[processor.length - 1])
            .put("largest_relative_difference", largest));
  }

  private static ObjectNode described(
      String what, Device device, Precision precision, BenchmarkShape shape, int batch) {
    return new ObjectMapper()
        .createObjectNode()
        .put("what", what)
        .put("device", lower(device))
        .put("card", card(device))
        .put("precision", lower(precision))
        .put("shape", lower(shape))
        .put("batch", batch);
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

  private static String card(Device device) {
    return device == Device.CUDA ? Cuda.card().orElse("unknown") : "";
  }

  private static String lower(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
