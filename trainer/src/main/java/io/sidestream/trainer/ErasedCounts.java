package io.sidestream.trainer;

import io.sidestream.learning.corpus.PairReplay;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts without the co-occurrences of erased users, whether or not the stream corrected them. */
final class ErasedCounts {
  /*
   * The counting job takes an erased user's pairs back, but a corpus may be bounded before that is
   * done, or before the erasure. A total does not show which of the two holds. So for each
   * pair of an erased event the total becomes the larger of what the events that are left make, and
   * the total less what the erased events made. Where the log holds every event, the former is the
   * exact total. Where retention has dropped some, the result is at most what others contributed.
   */
  private ErasedCounts() {}

  /** The counts to train on; the same ones where nothing was erased. */
  static List<PairCount> correct(
      Collection<PairCount> counts,
      EventLog<Interaction> interactions,
      EventLog<Search> searches,
      CountingRule rule) {
    Map<Pair, Long> erased = pairs(interactions.erased(), searches.erased(), rule);
    if (erased.isEmpty()) {
      return List.copyOf(counts);
    }
    Map<Pair, Long> left = pairs(interactions.kept(), searches.kept(), rule);
    List<PairCount> corrected = new ArrayList<>(counts.size());
    for (PairCount count : counts) {
      long taken = erased.getOrDefault(count.pair(), 0L);
      long total =
          taken == 0
              ? count.total()
              : Math.min(
                  count.total(),
                  Math.max(left.getOrDefault(count.pair(), 0L), count.total() - taken));
      if (total > 0) {
        corrected.add(new PairCount(count.pair(), total));
      }
    }
    return corrected;
  }

  private static Map<Pair, Long> pairs(
      List<Interaction> interactions, List<Search> searches, CountingRule rule) {
    Map<Pair, Long> pairs = new HashMap<>(new PairReplay(rule).interactions(interactions));
    pairs.putAll(PairReplay.searches(searches));
    return pairs;
  }
}
