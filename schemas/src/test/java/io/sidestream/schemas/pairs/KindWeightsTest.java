package io.sidestream.schemas.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindWeightsTest {
  private static final WindowLimits LIMITS = WindowLimits.DEFAULT;

  @Test
  void parse_kindsAndOthers_weighWhatIsSaid() {
    KindWeights weights = KindWeights.parse(List.of("purchase=3", " dislike = -1", "a=b=2", "*=0"));
    assertEquals(3, weights.of("purchase"));
    assertEquals(-1, weights.of("dislike"));
    assertEquals(2, weights.of("a=b"));
    assertEquals(0, weights.of("view"));
    assertFalse(weights.areAlike());
  }

  @Test
  void parse_nothing_weighsEveryKindOne() {
    assertEquals(KindWeights.ALIKE, KindWeights.parse(List.of()));
    assertTrue(KindWeights.parse(List.of("view=1")).areAlike());
  }

  @ParameterizedTest
  @CsvSource({
    "view,'weight of a kind is \"view\", expected kind=weight'",
    "view=0.5,'weight of kind view is \"0.5\", expected a whole number of -100 to 100'",
    "view=101,'view weighs 101, expected -100 to 100'",
    "*=-101,'other kinds weigh -101, expected -100 to 100'",
    "=1,'weight of a kind is \"=1\", expected kind=weight'",
  })
  void parse_noWeight_isRefused(String element, String start) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> KindWeights.parse(List.of(element)))
            .getMessage();
    assertTrue(message.startsWith(start), message);
  }

  @Test
  void parse_kindTwice_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> KindWeights.parse(List.of("view=1", "view=2")));
  }

  @Test
  void new_moreKindsThanAllowed_isRefused() {
    new KindWeights(kinds(KindWeights.MAX_KINDS), 1);
    Map<String, Integer> more = kinds(KindWeights.MAX_KINDS + 1);
    assertThrows(IllegalArgumentException.class, () -> new KindWeights(more, 1));
  }

  private static Map<String, Integer> kinds(int number) {
    return IntStream.range(0, number).boxed().collect(Collectors.toMap(n -> "kind" + n, n -> n));
  }

  /** Of events alike the counts are sums of ones; a weight is as many of them. */
  @Test
  void window_weightOfTheArrivingEvent_countsAndDislikesLeave() {
    Map<String, Long> counts = new HashMap<>();
    RecentItems window = RecentItems.NONE;
    List<CountedInteraction> events =
        List.of(
            event("a", 1),
            event("b", 3),
            event("a", -1),
            event("c", 2),
            event("d", 0),
            event("b", 1));
    for (CountedInteraction event : events) {
      window
          .pairsWith(event, LIMITS)
          .forEach(pair -> counts.merge(PairKey.of(pair), (long) event.weight(), Long::sum));
      window
          .transitionsTo(event, LIMITS)
          .forEach(each -> counts.merge(each.from() + ">" + each.to(), each.weight(), Long::sum));
      window = window.with(event, LIMITS);
    }
    assertEquals(
        Map.of(
            "i\ta\tb", 3L, "a>b", 3_000_000L, "i\tb\tc", 3L, "b>c", 2_000_000L, "c>b", 1_000_000L),
        counts);
    assertEquals(
        List.of(new ItemId("c"), new ItemId("b")),
        window.interactions().stream().map(ItemInteraction::item).toList());
  }

  private static CountedInteraction event(String item, int weight) {
    return new CountedInteraction(new ItemInteraction(new ItemId(item), 0), weight);
  }
}
