package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Beam;
import io.sidestream.schemas.ItemId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Retrieved items of one prompt with their ranking features; weights are applied later, so that
 * tuning tries many on the same candidates. Immutable.
 *
 * <p>Legend: i candidate.
 */
public final class Candidates {
  private final Catalogue catalogue;
  private final List<Beam> beams;
  private final int[] rows; // [i]
  private final GeneratorScores generatorScores;
  private final Map<RankingFeature, float[]> features; // each [i]; one that is missing is all 0
  private final RowBoosts boosts;

  Candidates(
      Catalogue catalogue,
      List<Beam> beams,
      int[] rows,
      GeneratorScores generatorScores,
      Map<RankingFeature, float[]> features,
      RowBoosts boosts) {
    this.catalogue = catalogue;
    this.beams = List.copyOf(beams);
    this.rows = rows;
    this.generatorScores = generatorScores;
    this.features = new EnumMap<>(features);
    this.boosts = boosts;
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

  /** Whether any candidate has this feature above 0; the generator's log-probability always is. */
  public boolean has(RankingFeature feature) {
    float[] values = features.get(feature);
    if (values == null) {
      return feature == RankingFeature.GENERATOR;
    }
    for (float value : values) {
      if (value > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * A feature of a candidate.
   *
   * @throws IllegalArgumentException for the generator's, which depends on the temperature
   */
  public double value(RankingFeature feature, int candidate) {
    check(feature != RankingFeature.GENERATOR, "the generator's score depends on the temperature");
    float[] values = features.get(feature);
    return values == null ? 0 : values[candidate];
  }

  /** log p(ID) + log p(item | ID) of each candidate. Shape: [i]. */
  public double[] generatorScores(double temperature) {
    return generatorScores.at(temperature);
  }

  /** Whether the prompt has boosts. */
  boolean areBoosted() {
    return !boosts.isEmpty();
  }

  /** What the prompt's boosts add to the score of a candidate. */
  double boost(int candidate) {
    return boosts.at(rows[candidate]);
  }

  /** The score of each candidate with these weights and the prompt's boosts. Shape: [i]. */
  public double[] scores(RankingWeights weights) {
    double ofGenerator = weights.of(RankingFeature.GENERATOR);
    double[] scores =
        ofGenerator == 0 ? new double[rows.length] : generatorScores(weights.temperature());
    for (int i = 0; i < scores.length; i++) {
      scores[i] *= ofGenerator;
    }
    features.forEach((feature, values) -> add(scores, weights.of(feature), values));
    for (int i = 0; areBoosted() && i < scores.length; i++) {
      scores[i] += boost(i);
    }
    return scores;
  }

  private static void add(double[] scores, double weight, float[] values) {
    for (int i = 0; weight != 0 && i < scores.length; i++) {
      scores[i] += weight * values[i];
    }
  }
}
