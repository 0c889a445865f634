package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.SemanticId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DiverseItemsTest {
  private static final long SEED = Long.getLong("seed", 20_260_101L);
  private static final int LEVELS = 3;
  private static final int WIDTH = 3;

  @Test
  void of_noDiversity_leavesTheItemsAsTheyAre() {
    List<RankedItem> ranked = ranked(20, new SplittableRandom(SEED));
    assertSame(ranked, DiverseItems.of(ranked, 0, 10).items());
  }

  /** Law: the order is that of the formula, read item by item, and its scores fall. */
  @Test
  void of_anyDiversity_equalsTheReference() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 20; round++) {
      List<RankedItem> ranked = ranked(1 + random.nextInt(40), random);
      double diversity = round % 5 == 0 ? 1 : random.nextDouble();
      DiverseItems diverse = DiverseItems.of(ranked, diversity, ranked.size());

      assertEquals(reference(ranked, diversity), ids(diverse.items()), "seed " + SEED);
      for (int place = 1; place < ranked.size(); place++) {
        assertTrue(diverse.items().get(place - 1).score() >= diverse.items().get(place).score());
      }
    }
  }

  @Test
  void page_ofAnyPlaces_isOfTheOneList() {
    List<RankedItem> ranked = ranked(60, new SplittableRandom(SEED));
    List<ItemId> whole = ids(DiverseItems.of(ranked, 0.5, 60).items());
    assertEquals(whole.subList(20, 30), ids(DiverseItems.of(ranked, 0.5, 30).page(20, 10).items()));
    assertEquals(List.of(), DiverseItems.of(ranked, 0.5, 1_010).page(1_000, 10).items());
  }

  @Test
  void of_diversityOne_takesEachFirstCodeBeforeAnyTwice() {
    List<RankedItem> ranked = ranked(60, new SplittableRandom(SEED));
    HashSet<Integer> first = new HashSet<>();
    DiverseItems.of(ranked, 1, WIDTH).items().forEach(item -> first.add(item.id().codes()[0]));
    assertEquals(WIDTH, first.size());
  }

  @Test
  void of_equalScores_isStillDiverse() {
    List<RankedItem> equal = List.of(item(0, 2, 1, 1, 1), item(1, 2, 1, 1, 1), item(2, 2, 0, 1, 1));
    assertEquals(List.of(id(0), id(2), id(1)), ids(DiverseItems.of(equal, 0.3, 3).items()));
  }

  @Test
  void of_moreThanAreRankedAgain_endsThere() {
    List<RankedItem> ranked = ranked(DiverseItems.MAX_ITEMS + 5, new SplittableRandom(SEED));
    assertEquals(
        DiverseItems.MAX_ITEMS, DiverseItems.of(ranked, 0.5, ranked.size()).items().size());
  }

  @Test
  void share_codes_countsLeadingOnesAlone() {
    assertEquals(1, DiverseItems.share(new int[] {1, 2, 3, 4}, new int[] {1, 2, 3, 4}));
    assertEquals(0.5, DiverseItems.share(new int[] {1, 2, 3, 4}, new int[] {1, 2, 0, 4}));
    assertEquals(0, DiverseItems.share(new int[] {0, 2, 3, 4}, new int[] {1, 2, 3, 4}));
  }

  private static List<ItemId> reference(List<RankedItem> ranked, double diversity) {
    double range = ranked.get(0).score() - ranked.get(ranked.size() - 1).score();
    List<RankedItem> left = new ArrayList<>(ranked);
    List<RankedItem> chosen = new ArrayList<>();
    while (!left.isEmpty()) {
      RankedItem best =
          left.stream()
              .max(
                  Comparator.<RankedItem>comparingDouble(
                          item ->
                              (1 - diversity) * item.score()
                                  - diversity * (range > 0 ? range : 1) * shared(item, chosen))
                      .thenComparing(item -> -ranked.indexOf(item)))
              .orElseThrow();
      left.remove(best);
      chosen.add(best);
    }
    return ids(chosen);
  }

  private static double shared(RankedItem item, List<RankedItem> before) {
    return before.stream()
        .mapToDouble(one -> DiverseItems.share(item.id().codes(), one.id().codes()))
        .max()
        .orElse(0);
  }

  private static List<RankedItem> ranked(int items, SplittableRandom random) {
    List<RankedItem> ranked = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      double score = Math.floor(random.nextDouble() * 16) / 4; // some are equal
      int[] codes = random.ints(LEVELS, 0, WIDTH).toArray();
      ranked.add(item(i, score, codes));
    }
    ranked.sort(Comparator.<RankedItem>comparingDouble(item -> -item.score()));
    return ranked;
  }

  private static RankedItem item(int number, double score, int... codes) {
    return new RankedItem(id(number), score, new SemanticId(new Generation(1), codes));
  }

  private static ItemId id(int number) {
    return new ItemId("i" + number);
  }

  private static List<ItemId> ids(List<RankedItem> ranked) {
    return ranked.stream().map(RankedItem::item).toList();
  }
}
