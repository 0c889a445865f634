package io.sidestream.schemas.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The rule of transitions against a reference that scans the user's whole history. */
class TransitionsTest {
  private static final WindowLimits LIMITS = new WindowLimits(30, Duration.ofMillis(100));
  private static final ItemId A = new ItemId("a");
  private static final ItemId B = new ItemId("b");
  private static final ItemId C = new ItemId("c");

  @RepeatedTest(20)
  void transitionsTo_randomInteractions_equalTheReference(RepetitionInfo repetition) {
    long seed = Long.getLong("seed", 9_000) + repetition.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    List<ItemInteraction> history = new ArrayList<>();
    RecentItems recent = RecentItems.NONE;
    for (int event = 0; event < 150; event++) {
      ItemInteraction interaction =
          new ItemInteraction(new ItemId("i" + random.nextInt(40)), random.nextInt(150));

      Map<String, Long> found = new TreeMap<>();
      recent
          .transitionsTo(interaction, LIMITS)
          .forEach(each -> found.put(each.from() + " " + each.to(), each.weight()));

      assertEquals(naive(history, interaction), found, "seed " + seed + " event " + event);
      recent = recent.with(interaction, LIMITS);
      history.add(interaction);
    }
  }

  /** By lag among the last different items, .9 for each item between. */
  private static Map<String, Long> naive(
      List<ItemInteraction> history, ItemInteraction interaction) {
    Map<String, Long> weights = new TreeMap<>();
    List<ItemId> passed = new ArrayList<>();
    double weight = 1;
    for (int i = history.size() - 1; i >= 0 && passed.size() < 20; i--) {
      ItemInteraction earlier = history.get(i);
      if (passed.contains(earlier.item())) {
        continue;
      }
      passed.add(earlier.item());
      long apart = Math.abs(earlier.atMillis() - interaction.atMillis());
      if (apart <= 100 && !earlier.item().equals(interaction.item())) {
        weights.put(earlier.item() + " " + interaction.item(), Math.round(weight * 1e6));
      }
      weight *= 0.9;
    }
    return weights;
  }

  @Test
  void weight_ofALag_isRoundedAndBounded() {
    assertEquals(1_000_000, Transition.weight(1));
    assertEquals(810_000, Transition.weight(3));
    assertEquals(135_085, Transition.weight(Transition.MAX_LAG));
    assertThrows(IllegalArgumentException.class, () -> Transition.weight(0));
    assertThrows(IllegalArgumentException.class, () -> Transition.weight(Transition.MAX_LAG + 1));
    assertThrows(IllegalArgumentException.class, () -> new Transition(A, A, 1));
    assertThrows(IllegalArgumentException.class, () -> new Transition(A, B, 0));
  }

  @Test
  void best_countsInAnyOrder_areTheSame() {
    SplittableRandom random = new SplittableRandom(3);
    List<Transition> all = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      ItemId from = new ItemId("i" + random.nextInt(10));
      ItemId to = new ItemId("j" + random.nextInt(10));
      all.add(new Transition(from, to, Transition.weight(1 + random.nextInt(20))));
    }
    Map<ItemId, ItemNeighbours> one = counted(all).best(4);
    Collections.reverse(all);

    assertEquals(one, counted(all).best(4));
    ItemNeighbours first = one.get(new ItemId("i0"));
    assertEquals(4, first.best().size());
    assertEquals(
        all.stream()
            .filter(each -> each.from().equals(new ItemId("i0")))
            .mapToLong(Transition::weight)
            .sum(),
        first.outgoing());
  }

  private static TransitionCounts counted(List<Transition> all) {
    TransitionCounts counts = new TransitionCounts();
    all.forEach(counts::add);
    return counts;
  }

  @Test
  void best_equalCounts_areSortedByItem() {
    assertEquals(
        List.of(new Neighbour(A, 2), new Neighbour(B, 1)),
        ItemNeighbours.best(Map.of(C, 1L, B, 1L, A, 2L, new ItemId("d"), -1L), 2));
  }

  @Test
  void create_neighboursOutOfOrderOrTooMany_isRefused() {
    Neighbour few = new Neighbour(A, 1);
    Neighbour more = new Neighbour(B, 2);
    assertThrows(
        IllegalArgumentException.class, () -> new ItemNeighbours(3, 0, List.of(few, more)));
    assertThrows(IllegalArgumentException.class, () -> new ItemNeighbours(3, 0, List.of(few, few)));
    assertThrows(IllegalArgumentException.class, () -> new ItemNeighbours(-1, 0, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Neighbour(A, 0));
    assertThrows(IllegalArgumentException.class, () -> counted(List.of()).best(0));
    assertThrows(
        IllegalArgumentException.class, () -> counted(List.of()).best(ItemNeighbours.MAX_BEST + 1));
    List<Neighbour> tooMany = new ArrayList<>();
    for (int i = 0; i <= ItemNeighbours.MAX_BEST; i++) {
      tooMany.add(new Neighbour(new ItemId("i" + i), 2_000_000L - i));
    }
    assertThrows(IllegalArgumentException.class, () -> new ItemNeighbours(1, 0, tooMany));
  }

  @Test
  void of_history_isTheSumOverItsItemsByAge() {
    Map<ItemId, ItemNeighbours> neighbours =
        Map.of(
            A, new ItemNeighbours(4_000_000, 0, List.of(new Neighbour(C, 3_000_000))),
            B, new ItemNeighbours(11_000_000, 1_000_000, List.of(new Neighbour(C, 2_000_000))),
            C, new ItemNeighbours(0, 5_000_000, List.of()));
    TransitionScores scores =
        new TransitionScores(
            item -> neighbours.getOrDefault(item, ItemNeighbours.NONE),
            item -> neighbours.getOrDefault(item, ItemNeighbours.NONE).incoming());

    double expected = (3 / Math.sqrt(9) + 0.85 * 2 / Math.sqrt(16)) / Math.pow(5, 0.3);
    assertEquals(Map.of(C, expected), rounded(scores.of(List.of(A, B, A)), expected));
    assertEquals(Map.of(), scores.of(List.of(C, new ItemId("unknown"))));
    Map<ItemId, Map<ItemId, Double>> addends = scores.addends(List.of(A, B, A), Set.of(C, B));
    assertEquals(Set.of(C), addends.keySet());
    double ofA = 3 / Math.sqrt(9) / Math.pow(5, 0.3);
    assertEquals(ofA, addends.get(C).get(A), 1e-12);
    assertEquals(expected - ofA, addends.get(C).get(B), 1e-12);
    assertEquals(Map.of(), scores.addends(List.of(A, B), Set.of(A)));
  }

  @Test
  void of_longHistory_countsItsNewestDifferentItems() {
    TransitionScores scores =
        new TransitionScores(
            item -> new ItemNeighbours(1, 0, List.of(new Neighbour(new ItemId("to " + item), 1))),
            item -> 0);
    List<ItemId> history = new ArrayList<>();
    for (int i = 0; i <= TransitionScores.HISTORY; i++) {
      history.add(new ItemId("i" + i));
    }

    assertEquals(TransitionScores.HISTORY, scores.of(history).size());
    assertEquals(false, scores.of(history).containsKey(new ItemId("to i0")));
  }

  private static Map<ItemId, Double> rounded(Map<ItemId, Double> scores, double expected) {
    Map<ItemId, Double> close = new TreeMap<>();
    scores.forEach(
        (item, score) -> close.put(item, Math.abs(score - expected) < 1e-12 ? expected : score));
    return close;
  }
}
