package io.sidestream.model.terms;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which items have a title, typed in full. Case, punctuation and the order of words do not matter
 * ("Matrix, The" is "The Matrix"), and what stands in brackets at the end of a title may be left
 * out ("Heat (1995)" is "Heat"). Immutable, thread-safe.
 */
public final class Titles {
  private static final String OPENING = "(\uff08";
  private static final String CLOSING = ")\uff09";

  private final List<String> titles; // [item]
  private final long[] keys; // ascending
  private final int[] rows; // of the keys

  /**
   * @param titles of each row of the assignments
   */
  public Titles(List<String> titles) {
    this.titles = List.copyOf(titles);
    List<Key> all = new ArrayList<>(titles.size() * 2);
    for (int row = 0; row < titles.size(); row++) {
      for (long key : keys(titles.get(row))) {
        all.add(new Key(key, row));
      }
    }
    all.sort(Comparator.comparingLong(Key::key).thenComparingInt(Key::row));
    this.keys = all.stream().mapToLong(Key::key).toArray();
    this.rows = all.stream().mapToInt(Key::row).toArray();
  }

  private record Key(long key, int row) {}

  /** What a title is known by, ascending; not copied. */
  public record Keys(long... hashes) {}

  /** A query that may be a title. */
  public static final class Query {
    private final boolean isBlank;
    private final long key;

    public Query(String query) {
      List<String> terms = Terms.all(query);
      this.isBlank = terms.isEmpty();
      this.key = Titles.key(terms);
    }

    /** Whether the query is the title of these keys. */
    public boolean is(Keys title) {
      return !isBlank && Arrays.binarySearch(title.hashes(), key) >= 0;
    }
  }

  /** What this title is known by. */
  public static Keys keysOf(String title) {
    return new Keys(keys(title).stream().mapToLong(Long::longValue).toArray());
  }

  /** The rows whose title the query is, ascending. */
  public int[] rows(Query query) {
    long key = query.key;
    int from = Arrays.binarySearch(keys, key);
    if (from < 0 || query.isBlank) {
      return new int[0];
    }
    while (from > 0 && keys[from - 1] == key) {
      from--;
    }
    int to = from;
    while (to < keys.length && keys[to] == key) {
      to++;
    }
    return Arrays.copyOfRange(rows, from, to);
  }

  /** Whether a query is this title. */
  public static boolean matches(String query, String title) {
    return new Query(query).is(keysOf(title));
  }

  /** The title of each row. */
  public List<String> all() {
    return titles;
  }

  private static Set<Long> keys(String title) {
    Set<Long> keys = new TreeSet<>();
    keys.add(key(Terms.all(title)));
    List<String> shorter = Terms.all(withoutBrackets(title));
    if (!shorter.isEmpty()) {
      keys.add(key(shorter));
    }
    return keys;
  }

  /** Without what stands in brackets at the end, however often: each pair has none inside. */
  private static String withoutBrackets(String title) {
    String rest = title;
    String before = withoutLastBrackets(rest);
    while (before.length() < rest.length()) {
      rest = before;
      before = withoutLastBrackets(rest);
    }
    return rest;
  }

  private static String withoutLastBrackets(String title) {
    int end = title.length() - 1;
    while (end >= 0 && Character.isWhitespace(title.charAt(end))) {
      end--;
    }
    if (end < 0 || CLOSING.indexOf(title.charAt(end)) < 0) {
      return title;
    }
    int begin = end - 1;
    while (begin >= 0 && (OPENING + CLOSING).indexOf(title.charAt(begin)) < 0) {
      begin--;
    }
    return begin >= 0 && OPENING.indexOf(title.charAt(begin)) >= 0
        ? title.substring(0, begin)
        : title;
  }

  private static long key(List<String> terms) {
    return Terms.hash(terms.stream().sorted().collect(Collectors.joining(" ")));
  }
}
