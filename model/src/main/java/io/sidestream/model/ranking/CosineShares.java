package io.sidestream.model.ranking;

import io.sidestream.model.generator.Beam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores by a generator that writes IDs alone: an ID's probability is split among its items by a
 * softmax of their cosines with the prompt. Arrays are not copied: they are of one prompt.
 *
 * <p>Legend: i candidate, b ID, m item with that ID.
 *
 * @param logId [i]
 * @param cosine [i]
 * @param bucketOf [i] → b
 * @param bucketCosines [b][m], of all items with the ID, ascending
 */
record CosineShares(double[] logId, float[] cosine, int[] bucketOf, float[][] bucketCosines)
    implements GeneratorScores {

  /** Of some rows. */
  static CosineShares of(int[] rows, List<Beam> beams, Nearness near, Catalogue catalogue) {
    Map<Integer, Double> logIdOfLeaf = new HashMap<>();
    beams.forEach(beam -> logIdOfLeaf.put(beam.leaf(), beam.logProbability()));
    double floor =
        beams.stream().mapToDouble(Beam::logProbability).min().orElse(0) + Retriever.LOG_HALF;
    double[] logId = new double[rows.length];
    int[] bucketOf = new int[rows.length];
    Map<Integer, Integer> bucketOfLeaf = new HashMap<>();
    List<float[]> bucketCosines = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      int leaf = catalogue.leaf(rows[i]);
      logId[i] = logIdOfLeaf.getOrDefault(leaf, floor);
      Integer bucket = bucketOfLeaf.get(leaf);
      if (bucket == null) {
        bucket = bucketCosines.size();
        bucketOfLeaf.put(leaf, bucket);
        bucketCosines.add(sorted(near.at(catalogue.rows(leaf))));
      }
      bucketOf[i] = bucket;
    }
    return new CosineShares(logId, near.at(rows), bucketOf, bucketCosines.toArray(float[][]::new));
  }

  private static float[] sorted(float[] cosines) {
    Arrays.sort(cosines); // the order of summation does not depend on row numbers
    return cosines;
  }

  @Override
  public double[] at(double temperature) {
    double[] logSums = new double[bucketCosines.length]; // [b]
    for (int bucket = 0; bucket < logSums.length; bucket++) {
      logSums[bucket] = logSumExp(bucketCosines[bucket], temperature);
    }
    double[] scores = new double[logId.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = logId[i] + cosine[i] / temperature - logSums[bucketOf[i]];
    }
    return scores;
  }

  private static double logSumExp(float[] cosines, double temperature) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float cosine : cosines) {
      largest = Math.max(largest, cosine / temperature);
    }
    double sum = 0;
    for (float cosine : cosines) {
      sum += Math.exp(cosine / temperature - largest);
    }
    return largest + Math.log(sum);
  }
}
