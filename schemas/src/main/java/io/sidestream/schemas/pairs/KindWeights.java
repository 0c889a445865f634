package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.schemas.Interaction;
import java.io.Serial;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much an interaction counts, by its kind: as many times as the weight says where that is above
 * 0, not at all where it is 0; below 0 the user dislikes the item. Whole numbers, so that sums are
 * exact.
 *
 * @param others weight of the kinds that are not named
 */
public record KindWeights(Map<String, Integer> byKind, int others) implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** Largest weight, and with a minus the smallest. */
  public static final int MAX = 100;

  /** Most kinds that are named. */
  public static final int MAX_KINDS = 100;

  /** Every interaction counts once. */
  public static final KindWeights ALIKE = new KindWeights(Map.of(), 1);

  private static final String OTHERS = "*";

  public KindWeights {
    byKind = Map.copyOf(byKind);
    check(
        byKind.size() <= MAX_KINDS,
        "%d kinds have weights, at most %d are allowed",
        byKind.size(),
        MAX_KINDS);
    byKind.forEach(
        (kind, weight) -> {
          check(
              !kind.isBlank() && kind.length() <= Interaction.MAX_KIND,
              "kind is \"%s\", expected 1 to %d characters",
              kind,
              Interaction.MAX_KIND);
          checkRange(weight, -MAX, MAX, kind + " weighs %d");
        });
    checkRange(others, -MAX, MAX, "other kinds weigh %d");
  }

  /**
   * The weights of a setting's elements, {@code kind=weight} each, {@code *} for all other kinds.
   *
   * @throws IllegalArgumentException when they are no such elements
   */
  public static KindWeights parse(Collection<String> elements) {
    Map<String, Integer> byKind = new LinkedHashMap<>();
    for (String element : elements) {
      int sign = element.lastIndexOf('=');
      check(sign > 0, "weight of a kind is \"%s\", expected kind=weight", element);
      String kind = element.substring(0, sign).strip();
      Integer before = byKind.put(kind, whole(element.substring(sign + 1).strip(), kind));
      check(before == null, "kind %s has two weights, expected one", kind);
    }
    Integer others = byKind.remove(OTHERS);
    return new KindWeights(byKind, others == null ? ALIKE.others : others);
  }

  private static int whole(String text, String kind) {
    check(
        text.matches("-?[0-9]{1,3}"),
        "weight of kind %s is \"%s\", expected a whole number of -%d to %d",
        kind,
        text,
        MAX,
        MAX);
    return Integer.parseInt(text);
  }

  /** The weight of a kind. */
  public int of(String kind) {
    return byKind.getOrDefault(kind, others);
  }

  /** Whether every interaction counts once. */
  public boolean areAlike() {
    return others == 1 && byKind.values().stream().allMatch(weight -> weight == 1);
  }
}
