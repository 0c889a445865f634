package io.sidestream.learning.evaluation;

import io.sidestream.model.bundle.Manifest.LongQueries;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.Task;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Ranking weights of both tasks.
 *
 * @param search of all searches, or of those that are not long
 * @param longQueries of those that are; empty where all have the same
 */
public record TunedWeights(
    RankingWeights search, Optional<LongQueries> longQueries, RankingWeights recommendation) {
  /*
   * A few words name what is looked for, and were often typed before; a description in sentences is
   * new each time, shares many words with many items, and its vector says most. One set of weights
   * for both is that of whichever validation has more of. [1] calls queries of five words and more
   * verbose; the bound here is higher, so that names of some words stay names.
   *
   * [1] Bendersky and Croft 2009, Analysis of Long Queries in a Large Scale Search Log
   */
  static final int LONG_TERMS = 8;

  /** With fewer validation cases of either length, all searches have the same weights. */
  static final int MIN_CASES = 100;

  private static final IntPredicate LONG = terms -> terms >= LONG_TERMS;

  /** Weights to collect candidates for tuning. */
  public static TunedWeights collecting() {
    return new TunedWeights(
        WeightTuning.collecting(Task.SEARCH),
        Optional.empty(),
        WeightTuning.collecting(Task.RECOMMENDATION));
  }

  /** The best weights for these cases, without those of cold items alone. */
  public static TunedWeights tune(CollectedCases validation) {
    CollectedCases searches = validation.of(Task.SEARCH);
    CollectedCases longer = searches.ofQueries(LONG);
    CollectedCases shorter = searches.ofQueries(LONG.negate());
    boolean apart = Math.min(longer.cases().size(), shorter.cases().size()) >= MIN_CASES;
    return new TunedWeights(
        WeightTuning.tune(apart ? shorter : searches, Task.SEARCH),
        apart
            ? Optional.of(new LongQueries(LONG_TERMS, WeightTuning.tune(longer, Task.SEARCH)))
            : Optional.empty(),
        WeightTuning.tune(validation, Task.RECOMMENDATION));
  }

  /**
   * These weights with help for cold items, see {@link ColdItemTuning}.
   *
   * @param validation cases of the catalogue as it is
   * @param warm cases of items that training met, of a catalogue with withheld items
   * @param cold cases of the withheld items
   */
  public TunedWeights withColdItemHelp(
      CollectedCases validation, CollectedCases warm, CollectedCases cold) {
    IntPredicate others = longQueries.isPresent() ? LONG.negate() : terms -> true;
    return new TunedWeights(
        helped(search, others, validation, warm, cold),
        longQueries.map(
            some ->
                new LongQueries(
                    some.terms(), helped(some.weights(), LONG, validation, warm, cold))),
        ColdItemTuning.tune(recommendation, validation, warm, cold, Task.RECOMMENDATION));
  }

  private static RankingWeights helped(
      RankingWeights tuned,
      IntPredicate terms,
      CollectedCases validation,
      CollectedCases warm,
      CollectedCases cold) {
    return ColdItemTuning.tune(
        tuned,
        validation.ofQueries(terms),
        ofLength(warm, terms),
        ofLength(cold, terms),
        Task.SEARCH);
  }

  /** Searches of a length; all of them where those are too few to tell anything. */
  private static CollectedCases ofLength(CollectedCases cases, IntPredicate terms) {
    CollectedCases searches = cases.of(Task.SEARCH);
    CollectedCases some = searches.ofQueries(terms);
    return some.cases().size() < WeightTuning.MIN_CASES ? searches : some;
  }

  /** Those that are not 0, for example {@code search dense 10; recommendation dense 10}. */
  public String summary() {
    return "search "
        + search.summary()
        + longQueries
            .map(some -> "; of " + some.terms() + " terms and more " + some.weights().summary())
            .orElse("")
        + "; recommendation "
        + recommendation.summary();
  }
}
