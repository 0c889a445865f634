package io.sidestream.learning.evaluation;

import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.ranking.Candidates;
import io.sidestream.schemas.ItemId;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A held-out event with the candidates that one generation has for it, to be ranked by any weights.
 *
 * @param wanted the item to be found
 * @param place of the wanted item among the candidates, or {@link #NOWHERE}
 * @param excluded items that must not be in the answer
 * @param met whether training holds the same query and item from an earlier search
 */
record CollectedCase(
    Candidates candidates, ItemId wanted, int place, Set<ItemId> excluded, boolean met) {
  static final int NOWHERE = -1;

  static CollectedCase of(Candidates candidates, ItemId wanted, Set<ItemId> excluded, boolean met) {
    int place =
        IntStream.range(0, candidates.size())
            .filter(i -> candidates.item(i).equals(wanted))
            .findFirst()
            .orElse(NOWHERE);
    return new CollectedCase(candidates, wanted, place, excluded, met);
  }

  /** The rank of the wanted item by these weights, or {@link RankMetrics#MISSING}. */
  int rank(RankingWeights weights) {
    return place == NOWHERE ? RankMetrics.MISSING : rank(candidates.scores(weights));
  }

  /** The rank of the wanted item, which is among the candidates, by their scores; ties by item. */
  int rank(double[] scores) {
    double wantedScore = scores[place];
    int before = 0;
    for (int i = 0; i < scores.length; i++) {
      before += scores[i] > wantedScore || (scores[i] == wantedScore && sortsFirst(i)) ? 1 : 0;
    }
    return before;
  }

  /** The rank of the wanted item's ID among those that the generator wrote. */
  int idRank() {
    OptionalInt row = candidates.catalogue().row(wanted);
    if (row.isEmpty()) {
      return RankMetrics.MISSING;
    }
    int leaf = candidates.catalogue().leaf(row.getAsInt());
    return IntStream.range(0, candidates.beams().size())
        .filter(beam -> candidates.beams().get(beam).leaf() == leaf)
        .findFirst()
        .orElse(RankMetrics.MISSING);
  }

  private boolean sortsFirst(int candidate) {
    return candidates.item(candidate).compareTo(wanted) < 0;
  }
}
