package io.sidestream.model.ranking;

import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Beam;
import io.sidestream.schemas.ItemId;
import java.util.List;

/**
 * Retrieved items of one prompt with their ranking features; weights are applied later, so that
 * tuning tries many on the same candidates. Immutable.
 *
 * <p>Legend: i candidate, b ID, m item with that ID.
 */
public final class Candidates {
  private final Catalogue catalogue;
  private final List<Beam> beams;
  private final int[] rows; // [i]
  private final double[] logId; // [i]
  private final float[] cosine; // [i]
  private final float[] logPopularity; // [i]
  private final float[] queryLog; // [i]
  private final int[] bucketOf; // [i] → b
  private final float[][] bucketCosines; // [b][m], of all items with the ID, ascending

  Candidates(
      Catalogue catalogue,
      List<Beam> beams,
      int[] rows,
      double[] logId,
      float[] cosine,
      float[] logPopularity,
      float[] queryLog,
      int[] bucketOf,
      float[][] bucketCosines) {
    this.catalogue = catalogue;
    this.beams = List.copyOf(beams);
    this.rows = rows;
    this.logId = logId;
    this.cosine = cosine;
    this.logPopularity = logPopularity;
    this.queryLog = queryLog;
    this.bucketOf = bucketOf;
    this.bucketCosines = bucketCosines;
  }

  /** The catalogue they are from. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /** The generator's beams, best first. */
  public List<Beam> beams() {
    return beams;
  }

  /** Number of candidates. */
  public int size() {
    return rows.length;
  }

  /** The row of a candidate in the catalogue. */
  int row(int candidate) {
    return rows[candidate];
  }

  public ItemId item(int candidate) {
    return catalogue.item(rows[candidate]);
  }

  /** The cosine between the prompt's and the item's vector. */
  public double cosine(int candidate) {
    return cosine[candidate];
  }

  /** log(1 + the item's interactions, or for search its clicks). */
  public double logPopularity(int candidate) {
    return logPopularity[candidate];
  }

  /** The item's query log score, in [0, 1]; 0 without a query. */
  public double queryLogScore(int candidate) {
    return queryLog[candidate];
  }

  /** Whether the item is cold: without interactions or clicks in the training corpus. */
  public boolean isCold(int candidate) {
    return catalogue.isCold(rows[candidate]);
  }

  /** The score of each candidate with these weights. Shape: [i]. */
  public double[] scores(RankingWeights weights) {
    double[] logSums = new double[bucketCosines.length]; // [b]
    for (int bucket = 0; bucket < logSums.length; bucket++) {
      logSums[bucket] = logSumExp(bucketCosines[bucket], weights.temperature());
    }
    double[] scores = new double[rows.length];
    for (int i = 0; i < scores.length; i++) {
      double logShare = cosine[i] / weights.temperature() - logSums[bucketOf[i]];
      scores[i] =
          weights.generator() * (logId[i] + logShare)
              + weights.dense() * (cosine[i] + (isCold(i) ? weights.coldItemBoost() : 0))
              + weights.popularity() * logPopularity[i]
              + weights.queryLog() * queryLog[i];
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
