package io.sidestream.benchmarks.clustering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.benchmarks.measure.ClusteredVectors;
import io.sidestream.benchmarks.measure.Measurement;
import io.sidestream.benchmarks.measure.ProcessCpu;
import io.sidestream.learning.codebook.FittedCodebook;
import io.sidestream.learning.codebook.QuantizationError;
import io.sidestream.learning.codebook.ResidualKMeans;
import io.sidestream.learning.progress.TrainingProgress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** CPU seconds of residual k-means, and what its codes lose; the peer reads the same vectors. */
public final class Clustering {
  /** Vectors of a fit that is not measured, so that no round loads libraries; neither do peers. */
  private static final int FIRST = 1_000;

  private final ClusteringOptions options;
  private final PrintStream out;

  Clustering(ClusteringOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Measures with the options that the arguments give. */
  public static void main(String[] arguments) throws IOException {
    try {
      new Clustering(ClusteringOptions.parse(arguments), System.out).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  void run() throws IOException {
    float[][] vectors = vectors();
    fitted(Arrays.copyOf(vectors, Math.min(vectors.length, FIRST))); // loads what fits
    write(vectors, Files.createDirectories(options.directory()).resolve("points.f32"));
    for (int round = 0; round < options.rounds(); round++) {
      out.println(measured(vectors));
    }
  }

  private float[][] vectors() {
    ClusteredVectors drawn =
        new ClusteredVectors(options.dimensions(), options.decay(), options.seed());
    float[][] vectors = new float[options.points()][];
    for (int row = 0; row < vectors.length; row++) {
      vectors[row] = drawn.item(drawn.topic());
    }
    return vectors;
  }

  private static void write(float[][] vectors, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer row =
          ByteBuffer.allocate(vectors[0].length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (float[] vector : vectors) {
        row.clear();
        row.asFloatBuffer().put(vector);
        while (row.hasRemaining()) {
          channel.write(row);
        }
      }
    }
  }

  private ObjectNode measured(float[][] vectors) {
    ProcessCpu begun = ProcessCpu.now();
    FittedCodebook fitted = fitted(vectors);
    ProcessCpu spent = ProcessCpu.now().since(begun);
    double[] errors = QuantizationError.relativeByLevel(fitted.codebook(), vectors, fitted.codes());
    return Measurement.of("kmeans")
        .put("points", vectors.length)
        .put("dimensions", options.dimensions())
        .put("levels", options.shape().levels())
        .put("width", options.shape().width())
        .put("iterations", options.iterations())
        .put("load", String.valueOf(options.load()))
        .put("decay", options.decay())
        .put("cpu_s", Measurement.rounded(spent.all()))
        .put("own_cpu_s", Measurement.rounded(spent.own()))
        .put("error", errors[errors.length - 1]);
  }

  private FittedCodebook fitted(float[][] vectors) {
    return ResidualKMeans.fit(
        vectors,
        options.shape(),
        options.iterations(),
        options.load(),
        options.seed(),
        TrainingProgress.NONE);
  }
}
