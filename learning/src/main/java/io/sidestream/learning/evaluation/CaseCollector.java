package io.sidestream.learning.evaluation;

import io.sidestream.learning.corpus.Cases;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.generator.Task;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.schemas.AnswerLimits;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Asks a generation about held-out events, through the code that serves. */
public final class CaseCollector {
  private static final int K = 30;
  private static final int AT_ONCE = 64;

  private final Retriever answering;
  private final Catalogue catalogue;

  public CaseCollector(Retriever answering, Catalogue catalogue) {
    this.answering = answering;
    this.catalogue = catalogue;
  }

  /** The candidates of each case of both tasks, in order. */
  public CollectedCases collect(Cases cases, TrainingProgress progress) {
    List<Asked> asked = new ArrayList<>();
    cases.searches().forEach(one -> asked.add(search(one.query(), one.chosen(), one.met())));
    cases.recommendations().forEach(one -> asked.add(recommendation(one.history(), one.next())));
    List<CollectedCase> collected = new ArrayList<>(asked.size());
    for (int from = 0; from < asked.size(); from += AT_ONCE) {
      List<Asked> some = asked.subList(from, Math.min(asked.size(), from + AT_ONCE));
      collected.addAll(some.parallelStream().map(this::collect).toList());
      progress.step(collected.size(), asked.size());
    }
    return new CollectedCases(
        byTask(asked, collected, Task.SEARCH), byTask(asked, collected, Task.RECOMMENDATION));
  }

  private static List<CollectedCase> byTask(
      List<Asked> asked, List<CollectedCase> collected, Task task) {
    return IntStream.range(0, asked.size())
        .filter(i -> Retriever.task(asked.get(i).prompt()) == task)
        .mapToObj(collected::get)
        .toList();
  }

  private CollectedCase collect(Asked asked) {
    return CollectedCase.of(
        answering.collect(asked.prompt(), catalogue),
        asked.wanted(),
        asked.prompt().excluded(),
        asked.met());
  }

  private static Asked search(String query, ItemId wanted, boolean met) {
    return new Asked(new Prompt.ForSearch(query, K, Set.of(), Optional.empty()), wanted, met);
  }

  /** Items seen are excluded; the newest of them are the history, as many as a request may name. */
  private static Asked recommendation(List<ItemId> seen, ItemId wanted) {
    int from = Math.max(0, seen.size() - AnswerLimits.MAX_HISTORY);
    List<ItemId> history = seen.subList(from, seen.size());
    return new Asked(
        new Prompt.ForRecommendation(history, true, K, new HashSet<>(seen), Optional.empty()),
        wanted,
        false);
  }

  private record Asked(Prompt prompt, ItemId wanted, boolean met) {}
}
