package io.sidestream.learning.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.vectors.Vectors;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DenseTeacherTest {
  private static final int WIDTH = 4;

  @Test
  void probabilities_randomItems_areSumsOverThoseThatShareCodes() {
    SplittableRandom random = new SplittableRandom(11);
    float[][] vectors = new float[50][];
    int[][] codes = new int[50][];
    for (int row = 0; row < vectors.length; row++) {
      vectors[row] = unit(random);
      codes[row] = new int[] {random.nextInt(WIDTH), random.nextInt(WIDTH)};
    }
    List<GeneratorExample> examples =
        List.of(example(unit(random), codes[3]), example(unit(random), codes[40]));
    float[] targets =
        new DenseTeacher(vectors, codes, 0.2).probabilities(ExampleBatch.of(examples), WIDTH);

    for (int row = 0; row < 2; row++) {
      int[] right = examples.get(row).codes();
      float[] prompt = examples.get(row).prompt().vector();
      for (int code = 0; code < WIDTH; code++) {
        double first = sum(prompt, vectors, codes, code, -1) / sum(prompt, vectors, codes, -1, -1);
        double second =
            sum(prompt, vectors, codes, right[0], code) / sum(prompt, vectors, codes, right[0], -1);
        assertEquals(first, targets[row * WIDTH + code], 1e-5);
        assertEquals(second, targets[(2 + row) * WIDTH + code], 1e-5);
      }
    }
  }

  @Test
  void probabilities_rightItemFarBehindOthersAtTheLowestTemperature_areNumbers() {
    float[][] vectors = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    int[][] codes = {{0, 0}, {1, 0}, {1, 1}};
    DenseTeacher teacher = new DenseTeacher(vectors, codes, 0.001);
    ExampleBatch batch = ExampleBatch.of(List.of(example(new float[] {1, 0, 0}, codes[2])));

    assertArrayEquals(
        new float[] {1, 0, 0, 0, 0.5f, 0.5f, 0, 0}, teacher.probabilities(batch, WIDTH));
  }

  @Test
  void probabilities_codesThatNoItemHas_areRefused() {
    DenseTeacher teacher = new DenseTeacher(new float[][] {{1, 0, 0}}, new int[][] {{0, 0}}, 0.1);
    ExampleBatch batch = ExampleBatch.of(List.of(example(new float[] {1, 0, 0}, new int[] {1, 0})));

    assertThrows(IllegalArgumentException.class, () -> teacher.probabilities(batch, WIDTH));
  }

  /** Sum of what items count whose codes are these, -1 for any. */
  private static double sum(float[] prompt, float[][] vectors, int[][] codes, int one, int two) {
    double sum = 0;
    for (int row = 0; row < vectors.length; row++) {
      boolean counts = (one < 0 || codes[row][0] == one) && (two < 0 || codes[row][1] == two);
      sum += counts ? Math.exp(Vectors.dot(prompt, vectors[row]) / 0.2) : 0;
    }
    return sum;
  }

  private static GeneratorExample example(float[] vector, int[] codes) {
    return new GeneratorExample(new GeneratorPrompt(new int[] {0}, vector), codes, 1);
  }

  private static float[] unit(SplittableRandom random) {
    float[] vector = new float[3];
    for (int d = 0; d < vector.length; d++) {
      vector[d] = (float) random.nextGaussian();
    }
    return Vectors.normalize(vector);
  }
}
