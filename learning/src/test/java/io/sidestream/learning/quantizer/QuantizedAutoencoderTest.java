package io.sidestream.learning.quantizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.codebook.CodeUsage;
import io.sidestream.learning.codebook.Points;
import io.sidestream.learning.codebook.QuantizationError;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.FiniteDifferences;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.Tensors;
import io.sidestream.learning.tensor.TrainingStep;
import io.sidestream.model.codes.CodebookShape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantizedAutoencoderTest {
  private static final CodebookShape SHAPE = new CodebookShape(2, 8);
  private static final AutoencoderSettings SETTINGS =
      new AutoencoderSettings(List.of(16), 60, 64, 0.005);
  private static final VectorQuantizationBottleneck CODEBOOKS =
      new VectorQuantizationBottleneck("RQ-VAE", SHAPE, 3, 0.25, false);
  private static final SignBits BITS = new SignBits("LFQ", SHAPE, 0.25, 0.1, 0.7);
  private static final float[][] VECTORS = Points.clusters(12, 25, 6, 0.1, 4);

  @Test
  void loss_codebookGradients_areThoseOfFiniteDifferences() {
    checkGradients(CODEBOOKS);
  }

  @Test
  void loss_signGradients_areThoseOfFiniteDifferences() {
    checkGradients(BITS);
  }

  @Test
  void codebookLoss_givenChoice_isTheFormula() {
    try (Parameters parameters = new Parameters()) {
      float[][] latents = Points.gaussian(40, 3, 1);
      CODEBOOKS.begin(parameters, latents, new SplittableRandom(1));
      try (TrainingStep step = TrainingStep.computing(parameters)) {
        NDArray input = AutoencoderNetwork.input(step, latents);
        CodeAssignment choice = CODEBOOKS.choose(step, input);
        double naive = 0;
        for (int row = 0; row < latents.length; row++) {
          float[] left = latents[row].clone();
          for (int level = 0; level < 2; level++) {
            float[] codebook = parameters.floats(VectorQuantizationBottleneck.weight(level));
            int code = nearest(codebook, left);
            assertEquals(code, choice.codes()[level][row]);
            for (int d = 0; d < 3; d++) {
              left[d] -= codebook[code * 3 + d];
              naive += 1.25 * left[d] * left[d] / (3 * latents.length);
            }
          }
        }
        double found = Tensors.number(CODEBOOKS.loss(step, input, choice));
        assertEquals(naive, found, 1e-5);
      }
    }
  }

  @Test
  void signLoss_oneVector_isTheFormula() {
    float[] latent = {0.9f, -0.4f, 0.1f};
    try (Parameters parameters = new Parameters();
        TrainingStep step = TrainingStep.computing(parameters)) {
      NDArray input = AutoencoderNetwork.input(step, new float[][] {latent});
      CodeAssignment choice = BITS.choose(step, input);
      assertEquals(0b101, choice.codes()[0][0]);
      assertEquals(0b010, choice.codes()[1][0]); // left: -0.1, 0.6, -0.9
      assertArrayEquals(new float[] {0.5f, -0.5f, 0.5f}, choice.total(), 1e-6f);
      double naive = 0;
      double[][] left = {{0.9, -0.4, 0.1}, {-0.1, 0.6, -0.9}};
      for (int level = 0; level < 2; level++) {
        double scale = level == 0 ? 1 : 0.5;
        for (double value : left[level]) {
          double missed = Math.abs(value) - scale;
          naive += 0.25 * missed * missed / 3;
          double up = 1 / (1 + Math.exp(-4 * value / scale)); // bits are independent given r
          naive -= 0.1 * (1 - 0.7) * (up * Math.log(up) + (1 - up) * Math.log(1 - up));
        }
      }
      assertEquals(naive, Tensors.number(BITS.loss(step, input, choice)), 1e-5);
    }
  }

  @Test
  void fit_clusters_comeBackThroughTheirCodes() {
    checkLearns(new ResidualQuantizedVae(SHAPE, 4, 0.25, false, SETTINGS), 0.3);
    checkLearns(new ResidualQuantizedVae(SHAPE, 4, 0.25, true, SETTINGS), 0.3);
    checkLearns(new ResidualLookupFree(SHAPE, 0.25, 0.1, 1, SETTINGS), 0.5);
  }

  @Test
  void fit_twice_givesEqualCodes() {
    Quantizer quantizer = new ResidualQuantizedVae(SHAPE, 4, 0.25, true, SETTINGS);
    Quantized one = quantizer.fit(VECTORS, 5, TrainingProgress.NONE);
    Quantized other = quantizer.fit(VECTORS, 5, TrainingProgress.NONE);
    assertArrayEquals(one.codes(), other.codes());
    assertEquals(one.losses(), other.losses());
  }

  @Test
  void afterEpoch_deadCodes_startAgainAtVectorsWhereAsked() {
    float[][] latents = Points.gaussian(40, 3, 1);
    long[][] uses = new long[2][8];
    Arrays.fill(uses[0], 1);
    uses[0][5] = 0;
    for (boolean restarts : new boolean[] {true, false}) {
      VectorQuantizationBottleneck codebooks =
          new VectorQuantizationBottleneck("", SHAPE, 3, 0.25, restarts);
      try (Parameters parameters = new Parameters()) {
        codebooks.begin(parameters, latents, new SplittableRandom(1));
        float[] before = parameters.floats(VectorQuantizationBottleneck.weight(0));
        CodeAssignment choice;
        try (TrainingStep step = TrainingStep.computing(parameters)) {
          choice = codebooks.choose(step, AutoencoderNetwork.input(step, latents));
        }
        codebooks.afterEpoch(parameters, uses, choice, new SplittableRandom(2));
        float[] after = parameters.floats(VectorQuantizationBottleneck.weight(0));
        for (int i = 0; i < after.length; i++) {
          assertEquals(restarts && i / 3 == 5, before[i] != after[i], "number " + i);
        }
      }
    }
  }

  @Test
  void fit_oneVectorOrZeros_works() {
    AutoencoderSettings brief = new AutoencoderSettings(List.of(), 2, 8, 0.01);
    float[][] one = {{1, 2, 3}};
    assertEquals(
        1,
        new ResidualQuantizedVae(SHAPE, 2, 0.25, true, brief)
            .fit(one, 1, TrainingProgress.NONE)
            .codes()
            .length);
    Quantized zeros =
        new ResidualLookupFree(SHAPE, 0.25, 0.1, 1, brief)
            .fit(new float[5][3], 1, TrainingProgress.NONE);
    assertEquals(1, CodeUsage.of(SHAPE, zeros.codes()).distinctIds());
  }

  @Test
  void settings_beyondTheLimits_areRefused() {
    int deep = AutoencoderSettings.MAX_HIDDEN;
    int wide = AutoencoderSettings.MAX_WIDTH;
    int longest = AutoencoderSettings.MAX_EPOCHS;
    List<Integer> most = Collections.nCopies(deep, wide);
    assertEquals(deep, new AutoencoderSettings(most, longest, 1, 1).hidden().size());
    refused(() -> new AutoencoderSettings(Collections.nCopies(deep + 1, 1), 1, 1, 1));
    refused(() -> new AutoencoderSettings(List.of(wide + 1), 1, 1, 1));
    refused(() -> new AutoencoderSettings(List.of(), longest + 1, 1, 1));
    refused(() -> new AutoencoderSettings(List.of(), 1, 0, 1));
    refused(() -> new AutoencoderSettings(List.of(), 1, 1, 0));
    int latents = ResidualQuantizedVae.MAX_LATENTS;
    assertEquals(latents, new ResidualQuantizedVae(SHAPE, latents, 1, true, SETTINGS).latents());
    refused(() -> new ResidualQuantizedVae(SHAPE, latents + 1, 1, true, SETTINGS));
    refused(() -> new ResidualQuantizedVae(SHAPE, 4, 0, true, SETTINGS));
    int width = ResidualLookupFree.MAX_WIDTH;
    ResidualLookupFree.of(new CodebookShape(2, width));
    refused(() -> ResidualLookupFree.of(new CodebookShape(2, 2 * width)));
    refused(() -> ResidualLookupFree.of(new CodebookShape(2, 6)));
    refused(() -> new ResidualLookupFree(SHAPE, -1, 0, 0, SETTINGS));
  }

  @Test
  void all_names_areDifferent() {
    List<String> names = Quantizers.all(SHAPE).stream().map(Quantizer::name).toList();
    assertEquals(names.size(), names.stream().distinct().count(), names.toString());
  }

  private static void refused(Runnable making) {
    assertThrows(IllegalArgumentException.class, making::run);
  }

  private static void checkLearns(Quantizer quantizer, double most) {
    Quantized quantized = quantizer.fit(VECTORS, 1, TrainingProgress.NONE);
    double error = QuantizationError.relative(VECTORS, quantized.reconstruction());
    assertTrue(error < most, quantizer.name() + ": relative error " + error);
    List<Double> losses = quantized.losses();
    assertEquals(SETTINGS.epochs(), losses.size());
    assertTrue(losses.get(losses.size() - 1) < losses.get(0), losses.toString());
  }

  /** With the choice given, a step's loss is a plain function of all weights. */
  private static void checkGradients(Bottleneck bottleneck) {
    float[][] vectors = Points.gaussian(12, 5, 3);
    AutoencoderNetwork network = AutoencoderNetwork.of(5, List.of(7), bottleneck);
    try (Parameters parameters = FiniteDifferences.parameters()) {
      network.begin(parameters, new SplittableRandom(1));
      bottleneck.begin(parameters, Points.gaussian(30, 3, 2), new SplittableRandom(2));
      CodeAssignment choice;
      try (TrainingStep step = TrainingStep.computing(parameters)) {
        NDArray input = AutoencoderNetwork.input(step, vectors);
        choice = bottleneck.choose(step, network.encode(step, input));
      }
      FiniteDifferences.check(
          parameters, step -> network.loss(step, AutoencoderNetwork.input(step, vectors), choice));
    }
  }

  private static int nearest(float[] codebook, float[] vector) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int code = 0; code < codebook.length / vector.length; code++) {
      double sum = 0;
      for (int d = 0; d < vector.length; d++) {
        double difference = vector[d] - codebook[code * vector.length + d];
        sum += difference * difference;
      }
      if (sum < least) {
        least = sum;
        best = code;
      }
    }
    return best;
  }
}
