package io.sidestream.experiments;

import io.sidestream.schemas.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups items by the first value of their first attribute, such as a film's first genre. */
final class FirstAttribute {
  private FirstAttribute() {}

  /**
   * The rows of each of the commonest values, the commonest first, and of all others.
   *
   * @param most groups beside the others
   */
  static Map<String, List<Integer>> groups(List<Item> items, int most, String others) {
    List<String> values = items.stream().map(item -> value(item, others)).toList();
    Map<String, Integer> counts = new HashMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    counts.remove(others);
    List<String> shown =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(most)
            .map(Map.Entry::getKey)
            .toList();
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    shown.forEach(value -> groups.put(value, new ArrayList<>()));
    groups.put(others, new ArrayList<>());
    for (int row = 0; row < values.size(); row++) {
      String group = groups.containsKey(values.get(row)) ? values.get(row) : others;
      groups.get(group).add(row);
    }
    return groups;
  }

  private static String value(Item item, String none) {
    return new TreeMap<>(item.attributes())
        .values().stream().flatMap(List::stream).findFirst().orElse(none);
  }
}
