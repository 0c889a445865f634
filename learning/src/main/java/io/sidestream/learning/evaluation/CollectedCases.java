package io.sidestream.learning.evaluation;

import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** Cases with the candidates of one generation for each. */
public record CollectedCases(List<CollectedCase> cases) {
  public CollectedCases {
    cases = List.copyOf(cases);
  }

  /** The cases of a task, in their order. */
  CollectedCases of(Task task) {
    return new CollectedCases(
        cases.stream().filter(one -> one.one().query().task() == task).toList());
  }

  /** The cases from an index on, up to another. */
  public CollectedCases slice(int from, int to) {
    return new CollectedCases(cases.subList(from, to));
  }

  /** Those that hold for their queries: all recommendations, and searches of a length. */
  CollectedCases ofQueries(IntPredicate terms) {
    return new CollectedCases(cases.stream().filter(one -> one.hasTerms(terms)).toList());
  }

  /**
   * The ranks of the relevant items by the weights of their prompts, case by case; {@link
   * Ranking#MISSING} for one that is no candidate.
   */
  public int[] ranks(Manifest.Ranking ranking) {
    return ranks(ranking, UnaryOperator.identity());
  }

  /** The same by these weights with a change. */
  public int[] ranks(Manifest.Ranking ranking, UnaryOperator<RankingWeights> change) {
    return cases.stream().mapToInt(one -> one.rank(change.apply(one.weights(ranking)))).toArray();
  }

  /**
   * The ranks of the relevant items by some weights, case by case; {@link Ranking#MISSING} for one
   * that is no candidate.
   */
  public int[] ranks(RankingWeights weights) {
    return cases.stream().mapToInt(one -> one.rank(weights)).toArray();
  }

  /** The ranks of their IDs among those of the generator, likewise. */
  public int[] idRanks() {
    return cases.stream().mapToInt(CollectedCase::idRank).toArray();
  }
}
