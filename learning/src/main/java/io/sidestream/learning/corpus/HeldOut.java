package io.sidestream.learning.corpus;

import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.WindowLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * A corpus taken apart: what may be learned from, and the cases kept back from it.
 *
 * @param training the corpus as it would be, had the held-out events never come
 * @param validation to choose weights by; never trained on
 * @param test to judge by; never trained on, never chosen by
 */
public record HeldOut(Corpus training, Cases validation, Cases test) {
  /*
   * Counts come from the counting job, which has seen every event. What the held-out events added to them is found by
   * replaying the job's own rule, for the people concerned, with and without those events; the difference is taken off.
   * A total that is late (the job commits after the event) would go below zero: it stops at none.
   */

  /** Keeps back the last events of people and of searches. Equal seeds keep back equal events. */
  public static HeldOut split(
      Corpus corpus, HeldOutSettings settings, WindowLimits window, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Set<ItemId> known = corpus.items().stream().map(Item::id).collect(Collectors.toSet());
    var people = InteractionSplit.of(corpus.interactions(), known, settings, random.split());
    var searches = SearchSplit.of(corpus.searches(), known, settings, random.split());
    return new HeldOut(
        new Corpus(
            corpus.items(),
            people.training(),
            searches.training(),
            countsWithout(corpus, people, searches, window)),
        new Cases(searches.validation(), people.validation()),
        new Cases(searches.test(), people.test()));
  }

  private static List<PairCount> countsWithout(
      Corpus corpus, InteractionSplit people, SearchSplit searches, WindowLimits window) {
    if (corpus.counts().isEmpty()) {
      return List.of(); // Replaying takes most of a split's time.
    }
    Map<Pair, Long> heldOut = people.pairsHeldOut(new PairReplay(window));
    heldOut.putAll(PairReplay.searches(searches.heldOut()));
    return without(corpus.counts(), heldOut);
  }

  /** The counts less what was held out; pairs of which nothing is left are gone. */
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
