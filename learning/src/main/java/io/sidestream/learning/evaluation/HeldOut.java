package io.sidestream.learning.evaluation;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.WindowLimits;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A corpus split into training, validation and test.
 *
 * @param training the corpus without the held-out events
 * @param validation cases to choose weights by; never trained on
 * @param test cases to evaluate by; never trained on, never used for choices
 */
public record HeldOut(Corpus training, List<EvaluationCase> validation, List<EvaluationCase> test) {
  /*
   * Pair counts come from the counting job, which has processed every event. The contribution of
   * the held-out events is found by replaying the job's own rule for the users concerned, with and
   * without those events, and subtracted. A count that lags behind (the job commits after the
   * event) would become negative: it stops at zero.
   */

  public HeldOut {
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /**
   * Holds out the last events of users and of searches. Equal seeds hold out equal events; with
   * more events, none that was trained on before.
   */
  public static HeldOut split(
      Corpus corpus, HeldOutSettings settings, WindowLimits window, long seed) {
    ItemRows rows = new ItemRows(corpus.items());
    var interactions = InteractionSplit.of(corpus, rows, settings, seed);
    var searches = SearchSplit.of(corpus.searches(), rows, settings, seed);
    Corpus training =
        new Corpus(
            corpus.items(),
            interactions.training(),
            searches.training(),
            countsWithout(corpus, interactions, searches, window),
            corpus.weights());
    TrainingExposures exposures = new TrainingExposures(training, rows);
    return new HeldOut(
        training,
        cases(searches.validation(), interactions.validation(), exposures),
        cases(searches.test(), interactions.test(), exposures));
  }

  private static List<EvaluationCase> cases(
      List<Search> searches,
      List<InteractionSplit.NextInteraction> interactions,
      TrainingExposures exposures) {
    return Stream.concat(
            searches.stream().map(exposures::search),
            interactions.stream()
                .map(one -> exposures.recommendation(one.user(), one.history(), one.next())))
        .toList();
  }

  private static List<PairCount> countsWithout(
      Corpus corpus, InteractionSplit interactions, SearchSplit searches, WindowLimits window) {
    if (corpus.counts().isEmpty()) {
      return List.of(); // Replaying takes most of a split's time.
    }
    Map<Pair, Long> heldOut =
        interactions.pairsHeldOut(new PairReplay(new CountingRule(window, corpus.weights())));
    heldOut.putAll(PairReplay.searches(searches.heldOut()));
    return without(corpus.counts(), heldOut);
  }

  /** The counts less the held-out ones; pairs that reach zero are left out. */
  static List<PairCount> without(List<PairCount> counts, Map<Pair, Long> heldOut) {
    return counts.stream()
        .filter(count -> count.total() > heldOut.getOrDefault(count.pair(), 0L))
        .map(count -> less(count, heldOut.getOrDefault(count.pair(), 0L)))
        .toList();
  }

  private static PairCount less(PairCount count, long heldOut) {
    return heldOut == 0 ? count : new PairCount(count.pair(), count.total() - heldOut);
  }
}
