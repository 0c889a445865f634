package io.sidestream.model.terms;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads a mistyped word of a query as the known word it is one typing error from: a letter missing,
 * added or another one, or two neighbours swapped. Immutable, thread-safe.
 *
 * <p>Of several such words, the one that most texts have is read. A word that texts have is right,
 * and so are short words and words with digits, which differ by one letter too easily.
 */
public final class Spelling {
  /*
   * Two words are one error apart only if they are equal after at most one letter is taken out of
   * each. So the known words are sorted by the hashes of what they are with each of their letters
   * taken out, and a query's word is looked up by the hashes of what it is so; the few words found
   * are compared letter by letter.
   *
   * [1] Garbe 2012, Symmetric Delete Spelling Correction
   */

  /** Knows no word, so that every query is read as typed. */
  public static final Spelling NONE = new Spelling(new TreeMap<>(), List.of());

  /** Shortest word that is read as another. */
  public static final int MIN_LETTERS = 4;

  /** Longest word that is read as another, or known. */
  public static final int MAX_LETTERS = 32;

  /** Most words that others are read as: those that most texts have. */
  public static final int MAX_WORDS = 200_000;

  /** Most words of a query that are read as others. */
  public static final int MAX_READ = 16;

  private final List<String> words; // sorted
  private final int[] counts; // of texts, by word
  private final long[] keys; // hash << 32 | word, ascending
  private final List<TermIndex> indexes; // of the texts, whose words are all right

  private Spelling(SortedMap<String, Integer> counts, List<TermIndex> indexes) {
    this.indexes = List.copyOf(indexes);
    this.words = List.copyOf(counts.keySet());
    this.counts = counts.values().stream().mapToInt(Integer::intValue).toArray();
    long[] all = new long[words.stream().mapToInt(word -> word.length() + 1).sum()];
    int n = 0;
    for (int word = 0; word < words.size(); word++) {
      for (long hash : hashes(words.get(word))) {
        all[n++] = hash | word;
      }
    }
    Arrays.sort(all);
    this.keys = all;
  }

  /** Knows the words of these texts; a word of several indexes counts as often as in all. */
  public static Spelling of(List<TermIndex> indexes) {
    return of(indexes, MAX_WORDS);
  }

  static Spelling of(List<TermIndex> indexes, int mostWords) {
    Map<String, Integer> counts = new TreeMap<>();
    for (TermIndex index : indexes) {
      int[] itemsWith = index.itemsWith();
      for (int term = 0; term < itemsWith.length; term++) {
        String word = index.terms().get(term);
        if (mayBeMistyped(word)) {
          counts.merge(word, itemsWith[term], Integer::sum);
        }
      }
    }
    SortedMap<String, Integer> most = new TreeMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(mostWords)
        .forEach(word -> most.put(word.getKey(), word.getValue()));
    return new Spelling(most, indexes);
  }

  /**
   * A query as it was meant.
   *
   * @param query normalized, where a word was mistyped
   * @param words each mistyped word, in order, with what it is read as
   */
  public record Reading(String query, Map<String, String> words) {
    public Reading {
      words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }

    /** Whether the query was right as typed, as far as is known. */
    public boolean isAsTyped() {
      return words.isEmpty();
    }

    @Override
    public String toString() {
      return words.entrySet().stream()
          .map(word -> "%s is read as %s".formatted(word.getKey(), word.getValue()))
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * A query with its mistyped words as they were meant, the first {@value #MAX_READ} of them.
   *
   * @param isKnown whether a word that no text of the indexes has is right all the same
   */
  public Reading read(String query, Predicate<String> isKnown) {
    if (words.isEmpty()) {
      return new Reading(query, Map.of());
    }
    String typed = Terms.normalized(query);
    StringBuilder read = new StringBuilder();
    Map<String, String> meant = new LinkedHashMap<>();
    int copied = 0;
    for (Terms.Place place : Terms.places(typed)) {
      String word = typed.substring(place.from(), place.to());
      Optional<String> known = meant.size() == MAX_READ ? Optional.empty() : meant(word);
      if (known.isPresent() && !isKnown.test(word)) {
        meant.put(word, known.get());
        read.append(typed, copied, place.from()).append(known.get());
        copied = place.to();
      }
    }
    return meant.isEmpty()
        ? new Reading(query, meant)
        : new Reading(read.append(typed, copied, typed.length()).toString(), meant);
  }

  /** The known word that is meant by another; empty where that is right, or too far from all. */
  private Optional<String> meant(String word) {
    if (!mayBeMistyped(word) || indexes.stream().anyMatch(index -> index.has(word))) {
      return Optional.empty();
    }
    int best = -1;
    for (long hash : hashes(word)) {
      int at = Arrays.binarySearch(keys, hash);
      for (int i = at < 0 ? -at - 1 : at; i < keys.length && keys[i] >>> 32 == hash >>> 32; i++) {
        int known = (int) keys[i];
        if ((best < 0 || isBefore(known, best)) && isOneErrorApart(word, words.get(known))) {
          best = known;
        }
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(words.get(best));
  }

  private boolean isBefore(int word, int other) {
    return counts[word] > counts[other] || (counts[word] == counts[other] && word < other);
  }

  private static boolean mayBeMistyped(String word) {
    return word.codePointCount(0, word.length()) >= MIN_LETTERS
        && word.length() <= MAX_LETTERS
        && word.codePoints().allMatch(Character::isLetter);
  }

  /** Of the word, and of it without each of its letters; in the upper half. */
  private static long[] hashes(String word) {
    long[] hashes = new long[word.length() + 1];
    hashes[word.length()] = upper(word);
    for (int at = 0; at < word.length(); at++) {
      hashes[at] = upper(word.substring(0, at) + word.substring(at + 1));
    }
    return hashes;
  }

  private static long upper(String word) {
    return Terms.hash(word) & 0xffffffff00000000L;
  }

  static boolean isOneErrorApart(String one, String other) {
    int from = 0;
    while (from < Math.min(one.length(), other.length())
        && one.charAt(from) == other.charAt(from)) {
      from++;
    }
    int a = one.length();
    int b = other.length();
    while (a > from && b > from && one.charAt(a - 1) == other.charAt(b - 1)) {
      a--;
      b--;
    }
    boolean isSwapped =
        a - from == 2
            && b - from == 2
            && one.charAt(from) == other.charAt(from + 1)
            && one.charAt(from + 1) == other.charAt(from);
    return isSwapped || Math.max(a, b) - from == 1;
  }
}
