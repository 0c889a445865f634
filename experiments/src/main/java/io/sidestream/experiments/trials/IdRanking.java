package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.Case;
import io.sidestream.model.generator.Beam;
import java.util.List;

/**
 * Where the wanted item stands in what a generator wrote.
 *
 * @param item its rank among items, 0 for the best, or {@link #MISSING}
 * @param id the rank of its ID among IDs, or {@link #MISSING}
 */
record IdRanking(int item, int id) {
  static final int MISSING = Integer.MAX_VALUE;

  /** Items by log p(ID) + log share inside the ID, ties by row; excluded items left out. */
  static IdRanking of(List<Beam> beams, Case one, TaskCatalogue catalogue) {
    int wantedBeam = MISSING;
    double wantedScore = Double.NEGATIVE_INFINITY;
    for (int beam = 0; beam < beams.size(); beam++) {
      for (int row : catalogue.rows()[beams.get(beam).leaf()]) {
        if (row == one.wanted()) {
          wantedBeam = beam;
          wantedScore = beams.get(beam).logProbability() + catalogue.logShare()[row];
        }
      }
    }
    return wantedBeam == MISSING
        ? new IdRanking(MISSING, MISSING)
        : new IdRanking(before(beams, one, catalogue, wantedScore), wantedBeam);
  }

  private static int before(
      List<Beam> beams, Case one, TaskCatalogue catalogue, double wantedScore) {
    int before = 0;
    for (Beam beam : beams) {
      for (int row : catalogue.rows()[beam.leaf()]) {
        double score = beam.logProbability() + catalogue.logShare()[row];
        boolean first = score > wantedScore || (score == wantedScore && row < one.wanted());
        before += first && row != one.wanted() && !one.excluded().contains(row) ? 1 : 0;
      }
    }
    return before;
  }
}
