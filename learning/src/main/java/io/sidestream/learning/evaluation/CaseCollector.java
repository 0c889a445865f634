package io.sidestream.learning.evaluation;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.schemas.AnswerLimits;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Retrieves the candidates of held-out cases, through the code that serves. */
public final class CaseCollector {
  private static final int K = 30;
  private static final int BATCH = 64;

  private final Retriever retriever;
  private final Catalogue catalogue;
  private final List<ItemId> items; // [row]

  /**
   * @param items the items of the cases' rows
   */
  public CaseCollector(Retriever retriever, Catalogue catalogue, List<ItemId> items) {
    this.retriever = retriever;
    this.catalogue = catalogue;
    this.items = items;
  }

  /** The candidates of each case, in order. */
  public CollectedCases collect(List<EvaluationCase> cases, TrainingProgress progress) {
    List<CollectedCase> collected = new ArrayList<>(cases.size());
    for (int from = 0; from < cases.size(); from += BATCH) {
      List<EvaluationCase> batch = cases.subList(from, Math.min(cases.size(), from + BATCH));
      collected.addAll(batch.parallelStream().map(this::collect).toList());
      progress.step(collected.size(), cases.size());
    }
    return new CollectedCases(collected);
  }

  private CollectedCase collect(EvaluationCase one) {
    Set<ItemId> excluded = mostExcluded(one).stream().map(items::get).collect(Collectors.toSet());
    Prompt prompt =
        one.query()
            .fold(
                query -> new Prompt.ForSearch(query.text(), K, excluded, Optional.empty()),
                history -> recommendation(history, excluded));
    return CollectedCase.of(one, retriever.collect(prompt, catalogue), items.get(one.relevant()));
  }

  /** As many as a prompt may exclude: of a longer history the newest. */
  private static Collection<Integer> mostExcluded(EvaluationCase one) {
    int most = Prompt.ForRecommendation.MAX_EXCLUDED;
    if (one.excluded().size() <= most) {
      return one.excluded();
    }
    List<Integer> newest = one.query().fold(query -> List.of(), history -> history.last(most));
    return newest.stream().filter(one.excluded()::contains).toList();
  }

  /** The most recent items are the history, as many as a request may contain. */
  private Prompt recommendation(EvaluationQuery.History history, Set<ItemId> excluded) {
    List<ItemId> recent = history.last(AnswerLimits.MAX_HISTORY).stream().map(items::get).toList();
    return new Prompt.ForRecommendation(recent, true, K, excluded, Optional.empty());
  }
}
