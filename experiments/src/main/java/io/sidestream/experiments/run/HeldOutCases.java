package io.sidestream.experiments.run;

import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.EvaluationQuery;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.learning.corpus.Cases;
import io.sidestream.learning.corpus.HeldOut;
import io.sidestream.learning.corpus.RecommendationCase;
import io.sidestream.learning.corpus.SearchCase;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import java.util.ArrayList;
import java.util.List;

/** A split of an experiment as the trainer takes it: the same events, the same order. */
final class HeldOutCases {
  /** Cases do not tell whose history they are; answers do not depend on it. */
  private static final UserId SOMEBODY = new UserId("somebody");

  private HeldOutCases() {}

  static HeldOut of(ExperimentData data) {
    List<ItemId> ids = data.rows().ids();
    return new HeldOut(data.training(), cases(data.validation(), ids), cases(data.test(), ids));
  }

  private static Cases cases(List<CaseGroup> groups, List<ItemId> ids) {
    List<SearchCase> searches = new ArrayList<>();
    List<RecommendationCase> recommendations = new ArrayList<>();
    for (CaseGroup group : groups) {
      for (Case one : group.cases()) {
        one.asked()
            .fold(
                query -> searches.add(search(query, one, ids)),
                history -> recommendations.add(recommendation(history, one, ids)));
      }
    }
    return new Cases(searches, recommendations);
  }

  private static SearchCase search(EvaluationQuery.Query query, Case one, List<ItemId> ids) {
    return new SearchCase(query.text(), ids.get(one.wanted()), !one.standing().newPair());
  }

  private static RecommendationCase recommendation(
      EvaluationQuery.History history, Case one, List<ItemId> ids) {
    return new RecommendationCase(
        SOMEBODY, history.rows().stream().map(ids::get).toList(), ids.get(one.wanted()));
  }
}
