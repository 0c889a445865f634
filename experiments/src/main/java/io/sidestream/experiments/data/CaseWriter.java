package io.sidestream.experiments.data;

import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.corpus.RecommendationCase;
import io.sidestream.learning.corpus.SearchCase;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes cases of events kept back: items become rows, and each is told how training stands to it.
 */
record CaseWriter(ItemRows rows, TrainingExposures standings) {
  List<Case> recommendations(List<RecommendationCase> kept) {
    return kept.stream().map(this::recommendation).toList();
  }

  List<Case> searches(List<SearchCase> kept) {
    return kept.stream().map(one -> search(one.query(), one.chosen())).toList();
  }

  List<Case> queries(List<Search> kept) {
    return kept.stream().map(one -> search(one.query(), one.clicked())).toList();
  }

  private Case recommendation(RecommendationCase one) {
    List<Integer> history = one.history().stream().map(this::row).toList();
    return written(new EvaluationQuery.History(history), one.next(), new HashSet<>(history));
  }

  private Case search(String query, ItemId wanted) {
    return written(new EvaluationQuery.Query(query), wanted, Set.of());
  }

  private Case written(EvaluationQuery asked, ItemId wanted, Set<Integer> excluded) {
    int row = row(wanted);
    return new Case(asked, row, excluded, standings.of(asked, row));
  }

  private int row(ItemId item) {
    return rows.row(item).orElseThrow();
  }
}
