package io.sidestream.learning.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RankersTest {
  private static final List<Item> ITEMS =
      Stream.of("a", "b", "c", "d")
          .map(id -> new Item(new ItemId(id), id, Map.of(), Map.of()))
          .toList();

  @Test
  void popularity_moreClicks_comeFirst_tiesById() {
    assertEquals(0, popularityRank(3, Set.of()));
    assertEquals(1, popularityRank(1, Set.of()));
    assertEquals(2, popularityRank(0, Set.of()));
    assertEquals(3, popularityRank(2, Set.of()));
  }

  @Test
  void popularity_excludedItems_areLeftOut() {
    assertEquals(1, popularityRank(2, Set.of(3, 1)));
  }

  @Test
  void expectedRecall_fewItems_isCertain() {
    List<EvaluationCase> cases = List.of(wanting(1, Set.of()));
    assertEquals(0.5, RandomRanker.expectedRecall(4, cases, 2));
    assertEquals(2.0 / 3, RandomRanker.expectedRecall(4, List.of(wanting(1, Set.of(0))), 2), 1e-12);
    assertEquals(1, RandomRanker.expectedRecall(4, cases, 30));
  }

  /** The rank among items clicked once, five times, once and nine times. */
  private static int popularityRank(int row, Set<Integer> excluded) {
    List<Search> searches = new ArrayList<>();
    int[] clicks = {1, 5, 1, 9};
    for (int i = 0; i < clicks.length; i++) {
      Search search = new Search("q", ITEMS.get(i).id(), Optional.empty(), Instant.EPOCH);
      searches.addAll(Collections.nCopies(clicks[i], search));
    }
    Corpus corpus = new Corpus(ITEMS, List.of(), searches, List.of());
    return PopularityRanker.of(corpus, new ItemRows(ITEMS), Task.SEARCH)
        .rank(wanting(row, excluded))
        .item();
  }

  private static EvaluationCase wanting(int row, Set<Integer> excluded) {
    return new EvaluationCase(
        Optional.empty(),
        new EvaluationQuery.Query("up"),
        row,
        new HashSet<>(excluded),
        new TrainingExposure(PopularityBucket.TAIL, false, false, false));
  }
}
