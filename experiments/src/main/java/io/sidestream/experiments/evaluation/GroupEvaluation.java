package io.sidestream.experiments.evaluation;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.learning.evaluation.Ranker;
import io.sidestream.learning.evaluation.Ranking;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rankings of one system on the cases of one group.
 *
 * @param system its name in tables
 * @param rankings one for each case, in their order; all with IDs or all without
 */
public record GroupEvaluation(String system, CaseGroup group, List<Ranking> rankings) {
  public GroupEvaluation {
    rankings = List.copyOf(rankings);
    check(
        rankings.size() == group.cases().size(),
        "%s: %d rankings of the %d cases of %s",
        system,
        rankings.size(),
        group.cases().size(),
        group.name());
    boolean ids = rankings.get(0).id().isPresent();
    check(
        rankings.stream().allMatch(ranking -> ranking.id().isPresent() == ids),
        "%s: some rankings of %s have an ID and some have none",
        system,
        group.name());
  }

  /** Ranks the cases of a group in parallel; the order is that of the cases. */
  public static GroupEvaluation of(String system, CaseGroup group, Ranker ranker) {
    return new GroupEvaluation(
        system, group, group.cases().parallelStream().map(ranker::rank).toList());
  }

  /** Whether the system has Semantic IDs. */
  public boolean hasIds() {
    return rankings.get(0).id().isPresent();
  }

  /** The metric's mean over the items of a part of the cases. */
  public MeanEstimate figure(Metric metric, Slice part) {
    return figure(metric, Unit.ITEM, part);
  }

  /** The metric's mean over a part of the cases. */
  public MeanEstimate figure(Metric metric, Unit unit, Slice part) {
    return values(metric, unit, part).estimate();
  }

  /** The metric of each case of a part, in order. */
  public CaseValues values(Metric metric, Unit unit, Slice part) {
    check(unit == Unit.ITEM || hasIds(), "%s has no IDs to measure", system);
    int[] cases =
        IntStream.range(0, rankings.size()).filter(i -> part.holds(group.cases().get(i))).toArray();
    return new CaseValues(
        Arrays.stream(cases)
            .mapToDouble(i -> metric.of(unit.rank(rankings.get(i)).getAsInt()))
            .toArray(),
        Arrays.stream(cases).mapToObj(i -> group.cases().get(i).user()).toList());
  }
}
