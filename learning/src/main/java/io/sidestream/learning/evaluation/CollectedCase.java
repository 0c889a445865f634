package io.sidestream.learning.evaluation;

import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.ranking.Candidates;
import io.sidestream.model.terms.QueryLength;
import io.sidestream.schemas.ItemId;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A case with the candidates of one generation, to be ranked by any weights.
 *
 * @param place of the relevant item among the candidates, or {@link #NOWHERE}
 */
record CollectedCase(EvaluationCase one, Candidates candidates, ItemId relevant, int place) {
  static final int NOWHERE = -1;

  static CollectedCase of(EvaluationCase one, Candidates candidates, ItemId relevant) {
    int place =
        IntStream.range(0, candidates.size())
            .filter(i -> candidates.item(i).equals(relevant))
            .findFirst()
            .orElse(NOWHERE);
    return new CollectedCase(one, candidates, relevant, place);
  }

  /** The weights of its prompt. */
  RankingWeights weights(Manifest.Ranking ranking) {
    return one.query()
        .fold(query -> ranking.search(query.text()), history -> ranking.recommendation());
  }

  /** Whether the number of its query's terms passes; a recommendation always does. */
  boolean hasTerms(IntPredicate terms) {
    return one.query().fold(query -> terms.test(QueryLength.of(query.text())), history -> true);
  }

  /** The rank of the relevant item by these weights, or {@link Ranking#MISSING}. */
  int rank(RankingWeights weights) {
    return place == NOWHERE ? Ranking.MISSING : rank(candidates.scores(weights));
  }

  /**
   * The rank of the relevant item, which is among the candidates, by their scores; ties by item.
   */
  int rank(double[] scores) {
    double relevantScore = scores[place];
    int before = 0;
    for (int i = 0; i < scores.length; i++) {
      before += scores[i] > relevantScore || (scores[i] == relevantScore && sortsFirst(i)) ? 1 : 0;
    }
    return before;
  }

  /** The rank of the relevant item's ID among those of the generator. */
  int idRank() {
    OptionalInt row = candidates.catalogue().row(relevant);
    if (row.isEmpty()) {
      return Ranking.MISSING;
    }
    int leaf = candidates.catalogue().leaf(row.getAsInt());
    return IntStream.range(0, candidates.beams().size())
        .filter(beam -> candidates.beams().get(beam).leaf() == leaf)
        .findFirst()
        .orElse(Ranking.MISSING);
  }

  private boolean sortsFirst(int candidate) {
    return candidates.item(candidate).compareTo(relevant) < 0;
  }
}
