package io.sidestream.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void allows_anyOf_needsOneOfThem() {
    ItemFilter filter = filter(List.of("a", "b"), List.of());
    assertTrue(filter.allows(List.of("c", "b")));
    assertFalse(filter.allows(List.of("c")));
    assertFalse(filter.allows(List.of()));
  }

  @Test
  void allows_noneOf_needsNoneOfThem() {
    ItemFilter filter = filter(List.of(), List.of("a"));
    assertFalse(filter.allows(List.of("c", "a")));
    assertTrue(filter.allows(List.of("c")));
    assertTrue(filter.allows(List.of()));
  }

  @Test
  void allows_range_needsOneNumberWithinBothLimits() {
    ItemFilter filter = range(Optional.of(1990.0), Optional.of(1999.0));
    assertTrue(filter.allows(List.of("1990")));
    assertTrue(filter.allows(List.of("x", "1999.0")));
    assertFalse(filter.allows(List.of("1989", "2000")));
    assertFalse(filter.allows(List.of("NaN")));
    assertFalse(filter.allows(List.of()));
  }

  @Test
  void allows_range_takesDecimalNumbersAlone() {
    ItemFilter filter = range(Optional.of(1.0), Optional.empty());
    for (String number : List.of("3", "+3.", "3.5e1", " 3 ", "300E-2")) {
      assertTrue(filter.allows(List.of(number)), number);
    }
    for (String text : List.of("3D", "10f", "Infinity", "0x1p3", "3 5", ".", "e3", "")) {
      assertFalse(filter.allows(List.of(text)), text);
    }
  }

  @Test
  void filter_withoutConditionOrBeyondALimit_isRefused() {
    List<Runnable> refused =
        List.of(
            () -> filter(List.of(), List.of()),
            () -> range(Optional.of(Double.NaN), Optional.empty()),
            () -> filter(Collections.nCopies(ItemFilter.MAX_VALUES + 1, "a"), List.of()),
            () -> filter(List.of("x".repeat(Item.MAX_VALUE + 1)), List.of()),
            () -> new Selection(List.of(), Selection.MAX_OFFSET + 1),
            () -> new Selection(List.of(), -1),
            () -> new Selection(List.of(), 0, 1.01),
            () -> new Selection(List.of(), 0, -0.01),
            () -> new Selection(List.of(), 0, Double.NaN),
            () -> new ItemBoost(filter(List.of("a"), List.of()), ItemBoost.MAX_ADDEND + 1),
            () -> new ItemBoost(filter(List.of("a"), List.of()), Double.NaN),
            () ->
                new Selection(
                    List.of(),
                    0,
                    0,
                    Collections.nCopies(
                        Selection.MAX_BOOSTS + 1,
                        new ItemBoost(filter(List.of("a"), List.of()), 1))),
            () ->
                new Selection(
                    Collections.nCopies(Selection.MAX_FILTERS + 1, filter(List.of("a"), List.of())),
                    0));
    refused.forEach(each -> assertThrows(IllegalArgumentException.class, each::run));
    assertEquals(
        "offset is 1001, expected 0 to 1000",
        assertThrows(IllegalArgumentException.class, () -> new Selection(List.of(), 1_001))
            .getMessage());
  }

  private static ItemFilter filter(List<String> anyOf, List<String> noneOf) {
    return new ItemFilter("genre", anyOf, noneOf, Optional.empty(), Optional.empty());
  }

  private static ItemFilter range(Optional<Double> atLeast, Optional<Double> atMost) {
    return new ItemFilter("year", List.of(), List.of(), atLeast, atMost);
  }
}
