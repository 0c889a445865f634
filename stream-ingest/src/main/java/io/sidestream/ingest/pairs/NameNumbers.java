package io.sidestream.ingest.pairs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers that stand for names, from 0 on, until they are cleared. */
final class NameNumbers {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  /**
   * All names in the order of their bytes. Arrays are not copied: they live until a barrier.
   *
   * @param utf8 of each number
   * @param sorted numbers in order
   * @param ranks place of each number in that order
   */
  record Order(byte[][] utf8, Integer[] sorted, int[] ranks) {}

  /** The number of a name. */
  int of(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    numbers.put(name, names.size());
    names.add(name);
    return names.size() - 1;
  }

  /** The name of a number. */
  String name(int number) {
    return names.get(number);
  }

  int size() {
    return names.size();
  }

  Order order() {
    byte[][] utf8 = new byte[names.size()][];
    Integer[] sorted = new Integer[names.size()];
    for (int i = 0; i < utf8.length; i++) {
      utf8[i] = names.get(i).getBytes(StandardCharsets.UTF_8);
      sorted[i] = i;
    }
    Arrays.sort(sorted, (one, other) -> Arrays.compareUnsigned(utf8[one], utf8[other]));
    int[] ranks = new int[sorted.length];
    for (int rank = 0; rank < ranks.length; rank++) {
      ranks[sorted[rank]] = rank;
    }
    return new Order(utf8, sorted, ranks);
  }

  void clear() {
    numbers.clear();
    names.clear();
  }
}
