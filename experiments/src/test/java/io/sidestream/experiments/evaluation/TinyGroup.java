package io.sidestream.experiments.evaluation;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.evaluation.PopularityBucket;
import io.sidestream.learning.evaluation.Ranking;
import io.sidestream.learning.evaluation.TrainingExposure;
import io.sidestream.model.generator.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Searches made by hand: of four cases one is about the head, one about the torso, one about a cold
 * item.
 */
final class TinyGroup {
  private static final List<TrainingExposure> EXPOSURES =
      List.of(
          new TrainingExposure(PopularityBucket.HEAD, false, false, false),
          new TrainingExposure(PopularityBucket.TORSO, true, false, false),
          new TrainingExposure(PopularityBucket.TAIL, true, true, false),
          new TrainingExposure(PopularityBucket.TAIL, true, true, true));

  private TinyGroup() {}

  static CaseGroup tags(int cases) {
    return new CaseGroup(
        "tags", Task.SEARCH, IntStream.range(0, cases).mapToObj(TinyGroup::search).toList());
  }

  /** A system that ranked the cases so, without IDs. */
  static GroupEvaluation items(String system, int... ranks) {
    return new GroupEvaluation(
        system, tags(ranks.length), Arrays.stream(ranks).mapToObj(Ranking::ofItem).toList());
  }

  /** A system whose first so many of a hundred cases are found, and the others not. */
  static GroupEvaluation recalling(String system, int found) {
    return items(
        system, IntStream.range(0, 100).map(i -> i < found ? 0 : Ranking.MISSING).toArray());
  }

  private static EvaluationCase search(int i) {
    return new EvaluationCase(
        Optional.empty(),
        new EvaluationQuery.Query("query " + i),
        i,
        Set.of(),
        EXPOSURES.get(i % 4));
  }
}
