package io.sidestream.schemas.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The window against a reference that scans the user's whole history for every event. */
class RecentItemsLawTest {
  private static final int EVENTS = 120;
  private static final int CATALOGUE = 12;

  @RepeatedTest(40)
  void pairsWith_randomInteractions_equalTheReference(RepetitionInfo repetition) {
    long seed = Long.getLong("seed", 7_000) + repetition.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    WindowLimits limits =
        new WindowLimits(1 + random.nextInt(8), Duration.ofMillis(1 + random.nextInt(60)));
    List<ItemInteraction> history = new ArrayList<>();
    RecentItems recent = RecentItems.NONE;
    long clock = 0;
    for (int event = 0; event < EVENTS; event++) {
      clock += random.nextInt(-10, 20);
      ItemInteraction interaction =
          new ItemInteraction(new ItemId("i" + random.nextInt(CATALOGUE)), clock);
      List<Pair.ItemItem> pairs = recent.pairsWith(interaction, limits);
      String at = "seed " + seed + " event " + event;

      assertEquals(naivePairs(history, interaction, limits), new TreeSet<>(keys(pairs)), at);
      assertEquals(pairs.size(), new HashSet<>(pairs).size(), at + ": no pair twice");
      recent = recent.with(interaction, limits);
      history.add(interaction);
      assertTrue(recent.interactions().size() <= limits.items(), at);
      assertEquals(naiveWindow(history, limits), recent.interactions(), at);
    }
  }

  /** The last interaction of each of the last different items, oldest first. */
  private static List<ItemInteraction> naiveWindow(
      List<ItemInteraction> history, WindowLimits limits) {
    List<ItemInteraction> window = new ArrayList<>();
    Set<ItemId> items = new HashSet<>();
    for (int i = history.size() - 1; i >= 0 && items.size() < limits.items(); i--) {
      if (items.add(history.get(i).item())) {
        window.add(0, history.get(i));
      }
    }
    return window;
  }

  private static Set<String> naivePairs(
      List<ItemInteraction> history, ItemInteraction interaction, WindowLimits limits) {
    Set<String> pairs = new TreeSet<>();
    for (ItemInteraction earlier : naiveWindow(history, limits)) {
      long apart = Math.abs(earlier.atMillis() - interaction.atMillis());
      if (apart <= limits.age().toMillis() && !earlier.item().equals(interaction.item())) {
        pairs.add(PairKey.of(Pair.ItemItem.of(interaction.item(), earlier.item())));
      }
    }
    return pairs;
  }

  private static List<String> keys(List<Pair.ItemItem> pairs) {
    return pairs.stream().map(PairKey::of).toList();
  }

  @Test
  void pairsWith_interactionExactlyAtTheAgeLimit_pairs() {
    WindowLimits limits = new WindowLimits(20, Duration.ofMillis(100));
    RecentItems recent = RecentItems.NONE.with(new ItemInteraction(new ItemId("a"), 1_000), limits);

    assertEquals(1, recent.pairsWith(new ItemInteraction(new ItemId("b"), 1_100), limits).size());
    assertEquals(1, recent.pairsWith(new ItemInteraction(new ItemId("b"), 900), limits).size());
    assertEquals(0, recent.pairsWith(new ItemInteraction(new ItemId("b"), 1_101), limits).size());
  }
}
