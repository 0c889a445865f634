package io.sidestream.learning.generator;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.vectors.Vectors;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Distillation targets from the dense vectors: the softmax of a prompt's cosines with all items,
 * summed over the items that share codes. Immutable.
 */
public final class DenseTeacher {
  /*
   * The clicked item is one of many that would have done; the vectors have learned which others. So
   * a student that is also trained on their distribution learns from each example what it would
   * need many for (Hinton et al. 2015, arXiv 1503.02531). The targets of level l are over the items
   * that share the right codes before it, as the student's predictions are. Items lie in the order
   * of their codes, so those are neighbours and one pass over the scores serves all levels.
   */
  private final int[][] codes; // [place][level], sorted
  private final float[] vectors; // [place * D + dimension]
  private final int dimensions;
  private final double temperature;

  /**
   * @param vectors unit, shape [row][D]
   * @param codes shape [row][level]
   * @param temperature that divides cosines, above 0
   */
  public DenseTeacher(float[][] vectors, int[][] codes, double temperature) {
    check(temperature > 0, "temperature is %s, expected above 0", temperature);
    check(
        vectors.length == codes.length && vectors.length > 0,
        "%d vectors have %d codes, expected as many, 1 or more",
        vectors.length,
        codes.length);
    int[] order =
        IntStream.range(0, codes.length)
            .boxed()
            .sorted(Comparator.comparing(row -> codes[row], Arrays::compare))
            .mapToInt(Integer::intValue)
            .toArray();
    this.dimensions = vectors[0].length;
    this.codes = new int[order.length][];
    this.vectors = new float[order.length * dimensions];
    for (int place = 0; place < order.length; place++) {
      this.codes[place] = codes[order[place]];
      System.arraycopy(vectors[order[place]], 0, this.vectors, place * dimensions, dimensions);
    }
    this.temperature = temperature;
  }

  /**
   * Probabilities of the codes of each level that the batch holds, given the right ones before it;
   * row-major (L, B, K).
   *
   * @param width K
   */
  float[] probabilities(ExampleBatch batch, int width) {
    float[] all = new float[batch.levels() * batch.size() * width];
    IntStream.range(0, batch.size()).parallel().forEach(row -> fill(all, batch, row, width));
    return all;
  }

  private void fill(float[] all, ExampleBatch batch, int row, int width) {
    double[] scores = scores(batch.vectors(), row);
    int from = 0;
    int to = codes.length;
    for (int level = 0; level < batch.levels(); level++) {
      double[] shares = shares(scores, from, to);
      double sum = Arrays.stream(shares).sum();
      int base = (level * batch.size() + row) * width;
      for (int place = from; place < to; place++) {
        all[base + codes[place][level]] += (float) (shares[place - from] / sum);
      }
      int right = batch.codes()[level * batch.size() + row];
      while (from < to && codes[from][level] < right) {
        from++;
      }
      while (to > from && codes[to - 1][level] > right) {
        to--;
      }
      check(from < to, "no item has the codes of example %d", row);
    }
  }

  /**
   * In proportion to the probabilities of the items from one place to before another. The largest
   * is 1: of scores far below that of another prefix's items, all others would be 0.
   */
  private static double[] shares(double[] scores, int from, int to) {
    double most = Arrays.stream(scores, from, to).max().orElse(0);
    return Arrays.stream(scores, from, to).map(score -> Math.exp(score - most)).toArray();
  }

  /** Cosines over the temperature. Shape [place]. */
  private double[] scores(float[] prompts, int row) {
    float[] prompt = Arrays.copyOfRange(prompts, row * dimensions, (row + 1) * dimensions);
    double[] scores = new double[codes.length];
    for (int place = 0; place < scores.length; place++) {
      scores[place] = Vectors.dot(vectors, place * dimensions, prompt) / temperature;
    }
    return scores;
  }
}
