package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A condition on one attribute of the items in an answer. An item without the attribute meets none
 * but {@code noneOf}.
 *
 * @param attribute its name, one that the index was set to filter by
 * @param anyOf the item has at least one of these values; empty asks for none
 * @param noneOf the item has none of these values
 * @param atLeast the item has a value that is a number, and at least this
 * @param atMost the item has a value that is a number, and at most this; with {@code atLeast}, the
 *     same value
 */
public record ItemFilter(
    String attribute,
    Set<String> anyOf,
    Set<String> noneOf,
    Optional<Double> atLeast,
    Optional<Double> atMost) {
  /** Most values of one list. */
  public static final int MAX_VALUES = 1_000;

  /** What counts as a number: not all that Java reads as one, such as 3D, 0x1p3 and Infinity. */
  private static final Pattern DECIMAL =
      Pattern.compile("\\s*[+-]?(\\d++\\.?+\\d*+|\\.\\d++)([eE][+-]?\\d++)?+\\s*");

  public ItemFilter {
    check(
        !attribute.isBlank() && attribute.length() <= Item.MAX_NAME,
        "filter or boost is on attribute \"%s\", expected 1 to %d characters",
        attribute,
        Item.MAX_NAME);
    checkValues(attribute, anyOf);
    checkValues(attribute, noneOf);
    check(
        !anyOf.isEmpty() || !noneOf.isEmpty() || atLeast.isPresent() || atMost.isPresent(),
        "filter or boost on %s has no condition, expected anyOf, noneOf, atLeast or atMost",
        attribute);
    check(
        atLeast.filter(limit -> !Double.isFinite(limit)).isEmpty()
            && atMost.filter(limit -> !Double.isFinite(limit)).isEmpty(),
        "filter or boost on %s has a limit that is no finite number",
        attribute);
    anyOf = Collections.unmodifiableSet(new LinkedHashSet<>(anyOf));
    noneOf = Collections.unmodifiableSet(new LinkedHashSet<>(noneOf));
  }

  /** A condition whose values are in lists. */
  public ItemFilter(
      String attribute,
      List<String> anyOf,
      List<String> noneOf,
      Optional<Double> atLeast,
      Optional<Double> atMost) {
    this(attribute, distinct(attribute, anyOf), distinct(attribute, noneOf), atLeast, atMost);
  }

  private static Set<String> distinct(String attribute, List<String> values) {
    checkValues(attribute, values);
    return new LinkedHashSet<>(values);
  }

  private static void checkValues(String attribute, Collection<String> values) {
    check(
        values.size() <= MAX_VALUES,
        "filter or boost on %s has %d values, at most %d are allowed",
        attribute,
        values.size(),
        MAX_VALUES);
    for (String value : values) {
      check(
          value.length() <= Item.MAX_VALUE,
          "filter or boost on %s has a value of %d characters, at most %d are allowed",
          attribute,
          value.length(),
          Item.MAX_VALUE);
    }
  }

  /** Whether an item with these values of the attribute meets the condition. */
  public boolean allows(List<String> values) {
    return (anyOf.isEmpty() || values.stream().anyMatch(anyOf::contains))
        && values.stream().noneMatch(noneOf::contains)
        && ((atLeast.isEmpty() && atMost.isEmpty()) || values.stream().anyMatch(this::isWithin));
  }

  private boolean isWithin(String value) {
    if (!DECIMAL.matcher(value).matches()) {
      return false;
    }
    double number = Double.parseDouble(value);
    return atLeast.filter(limit -> !(number >= limit)).isEmpty()
        && atMost.filter(limit -> !(number <= limit)).isEmpty();
  }
}
