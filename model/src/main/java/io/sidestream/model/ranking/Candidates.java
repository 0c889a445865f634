package io.sidestream.model.ranking;

import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Beam;
import io.sidestream.schemas.ItemId;
import java.util.List;

/**
 * Items that may answer one prompt, and the signs by which they are ranked; weights come later, so
 * that many can be tried on the same candidates. Immutable.
 *
 * <p>Legend: i candidate, b ID, m item behind an ID.
 */
public final class Candidates {
  private final Catalogue catalogue;
  private final List<Beam> beams;
  private final int[] rows; // [i]
  private final double[] logId; // [i]
  private final float[] cosine; // [i]
  private final float[] logPopularity; // [i]
  private final float[] past; // [i]
  private final int[] bucketOf; // [i] → b
  private final float[][] bucketCosines; // [b][m], of all items behind the ID, ascending

  Candidates(
      Catalogue catalogue,
      List<Beam> beams,
      int[] rows,
      double[] logId,
      float[] cosine,
      float[] logPopularity,
      float[] past,
      int[] bucketOf,
      float[][] bucketCosines) {
    this.catalogue = catalogue;
    this.beams = List.copyOf(beams);
    this.rows = rows;
    this.logId = logId;
    this.cosine = cosine;
    this.logPopularity = logPopularity;
    this.past = past;
    this.bucketOf = bucketOf;
    this.bucketCosines = bucketCosines;
  }

  /** Where they come from. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /** What the generator wrote, best first. */
  public List<Beam> beams() {
    return beams;
  }

  /** How many there are. */
  public int size() {
    return rows.length;
  }

  /** The row of a candidate in the catalogue. */
  public int row(int candidate) {
    return rows[candidate];
  }

  public ItemId item(int candidate) {
    return catalogue.item(rows[candidate]);
  }

  /** log p(ID); half of the lowest beam's probability where the generator did not write the ID. */
  public double logId(int candidate) {
    return logId[candidate];
  }

  /** The cosine between the prompt's and the item's vector. */
  public double cosine(int candidate) {
    return cosine[candidate];
  }

  /** log(1 + how often the item was chosen for this task). */
  public double logPopularity(int candidate) {
    return logPopularity[candidate];
  }

  /** How much of the query the searches that found the item had, in [0, 1]; 0 without a query. */
  public double past(int candidate) {
    return past[candidate];
  }

  /** Whether nobody had met or found the item when the generation was trained. */
  public boolean fresh(int candidate) {
    return catalogue.fresh(rows[candidate]);
  }

  /** Each candidate's score by these weights. Shape: [i]. */
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
              + weights.dense() * (cosine[i] + (fresh(i) ? weights.fresh() : 0))
              + weights.popularity() * logPopularity[i]
              + weights.past() * past[i];
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
