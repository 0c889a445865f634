package io.sidestream.ingest.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CountRowTest {
  private static final List<String> NAMES =
      List.of("a", "ab", "abc", "b", "é", "\uE000", "😀", "item 1", "item 10", "x".repeat(300));

  /** Against maps: sums of changes that grow, fall and become 0. */
  @Test
  void plus_randomChanges_equalsTheReference() {
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 3));
    Map<String, Long> expected = new TreeMap<>();
    CountRow row = CountRow.NONE;
    for (int round = 0; round < 500; round++) {
      List<CountRow> changes = new ArrayList<>();
      Map<String, Long> changed = new TreeMap<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        long change =
            random.nextBoolean()
                ? -expected.getOrDefault(name, 0L)
                : random.nextLong(-1_000, 1L << random.nextInt(10, 60));
        changes.add(CountRow.of(name, change));
        expected.merge(name, change, Long::sum);
        changed.put(name, expected.getOrDefault(name, 0L));
      }
      Map<String, Long> sums = new TreeMap<>();
      row =
          row.plus(
              CountRow.sum(changes),
              (name, length, sum) -> sums.put(new String(name, 0, length, UTF_8), sum));
      expected.values().removeIf(sum -> sum == 0);
      // changes of one name may cancel each other, and are left out then
      sums.forEach((name, sum) -> assertEquals(changed.get(name), sum, name));
      assertEquals(expected, map(row), "round " + round);
      assertEquals(expected.values().stream().mapToLong(Long::longValue).sum(), row.total());
      assertEquals(row, CountRow.ofBytes(row.bytes()));
    }
  }

  @Test
  void add_entryThatIsNotBehindTheLast_isRefused() {
    for (String second : List.of("b", "ab", "a")) {
      CountRowBuilder builder = new CountRowBuilder();
      builder.add("b".getBytes(UTF_8), 1, 1);
      byte[] name = second.getBytes(UTF_8);
      assertThrows(IllegalArgumentException.class, () -> builder.add(name, name.length, 1), second);
    }
  }

  @Test
  void forEach_damagedRow_isRefused() {
    CountRow damaged = CountRow.ofBytes(new byte[] {5, 1, 'a', 2});
    assertThrows(IllegalArgumentException.class, damaged::total);
  }

  @Test
  void compareByUtf16_ofEveryTwoNames_isTheOrderOfText() {
    for (String one : NAMES) {
      for (String other : NAMES) {
        assertEquals(
            Integer.signum(one.compareTo(other)),
            Integer.signum(Utf8Names.compareByUtf16(one.getBytes(UTF_8), other.getBytes(UTF_8))),
            one + " and " + other);
      }
    }
  }

  static Map<String, Long> map(CountRow... rows) {
    Map<String, Long> map = new TreeMap<>();
    Stream.of(rows)
        .forEach(
            row ->
                row.forEach(
                    (name, length, number) -> map.put(new String(name, 0, length, UTF_8), number)));
    return map;
  }
}
