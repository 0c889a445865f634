package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.evaluation.Ranking;
import io.sidestream.model.generator.Beam;
import java.util.List;

/** Ranks the items behind what a generator wrote. */
final class IdRanking {
  private IdRanking() {}

  /** Items by log p(ID) + log share inside the ID, ties by row; excluded items left out. */
  static Ranking of(List<Beam> beams, Case one, TaskCatalogue catalogue) {
    int leaf = catalogue.leafOf()[one.wanted()];
    for (int beam = 0; beam < beams.size(); beam++) {
      if (beams.get(beam).leaf() == leaf) {
        return Ranking.of(before(beams, beams.get(beam), one, catalogue), beam);
      }
    }
    return Ranking.of(Ranking.MISSING, Ranking.MISSING);
  }

  private static int before(List<Beam> beams, Beam own, Case one, TaskCatalogue catalogue) {
    double wanted = own.logProbability() + catalogue.logShare()[one.wanted()];
    int before = 0;
    for (Beam beam : beams) {
      for (int row : catalogue.rows()[beam.leaf()]) {
        double score = beam.logProbability() + catalogue.logShare()[row];
        boolean first = score > wanted || (score == wanted && row < one.wanted());
        before += first && !one.excluded().contains(row) ? 1 : 0;
      }
    }
    return before;
  }
}
