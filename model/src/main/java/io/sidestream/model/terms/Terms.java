package io.sidestream.model.terms;

import io.sidestream.schemas.NormalizedQuery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Terms of a text: the maximal runs of letters and digits of its normalized form, each with its
 * marks. A run of a script without blanks between words gives each two neighbouring characters.
 */
final class Terms {
  /*
   * Where no blanks part words, a run is a sentence, and would be found by a query of all of it
   * alone. Pairs of characters need no dictionary, and words have mostly one or two. [1]
   *
   * [1] Nie et al. 2000, On the Use of Words and N-grams for Chinese Information Retrieval
   */
  private static final String DOTTED_I = "i\u0307"; // what lower case makes of the Turkish capital

  private Terms() {}

  /** Where a term stands in a text: its characters from {@code from} to before {@code to}. */
  record Place(int from, int to) {}

  /** The form of a text that terms are taken from. */
  static String normalized(String text) {
    return NormalizedQuery.of(text).replace(DOTTED_I, "i");
  }

  /** All terms in order, repeated ones included. */
  static List<String> all(String text) {
    String normalized = normalized(text);
    return places(normalized).stream()
        .map(place -> normalized.substring(place.from(), place.to()))
        .toList();
  }

  /** Where the terms of a normalized text stand, in order; pairs overlap. */
  static List<Place> places(String normalized) {
    Runs runs = new Runs();
    for (int at = 0; at < normalized.length(); ) {
      int point = normalized.codePointAt(at);
      runs.add(at, point);
      at += Character.charCount(point);
    }
    runs.end(normalized.length());
    return runs.places;
  }

  /** The places of the runs so far, and the run that is open. */
  private static final class Runs {
    private final List<Place> places = new ArrayList<>();
    private final List<Integer> starts = new ArrayList<>(); // of characters, or of the one run
    private boolean isOfPairs;

    void add(int at, int point) {
      if (Character.isLetterOrDigit(point)) {
        boolean isUnspaced = UnspacedScripts.have(point);
        if (isUnspaced != isOfPairs) {
          end(at);
          isOfPairs = isUnspaced;
        }
        if (isOfPairs || starts.isEmpty()) {
          starts.add(at);
        }
      } else if (!isMark(point)) {
        end(at);
      }
    }

    void end(int at) {
      int characters = starts.size();
      for (int i = 0; i < Math.max(1, characters - 1) && i < characters; i++) {
        places.add(new Place(starts.get(i), i + 2 < characters ? starts.get(i + 2) : at));
      }
      starts.clear();
    }

    /** Part of the character before it. */
    private static boolean isMark(int point) {
      int type = Character.getType(point);
      return type == Character.NON_SPACING_MARK
          || type == Character.COMBINING_SPACING_MARK
          || type == Character.ENCLOSING_MARK;
    }
  }

  /** The first distinct terms, at most {@code n}, in order. */
  static Set<String> first(String text, int n) {
    Set<String> first = new LinkedHashSet<>();
    for (String word : all(text)) {
      if (first.size() == n) {
        break;
      }
      first.add(word);
    }
    return first;
  }

  /** A hash of 64 bits, the same on every machine: FNV-1a over UTF-16, mixed. */
  static long hash(String term) {
    long hash = 0xcbf29ce484222325L;
    for (int at = 0; at < term.length(); at++) {
      hash = (hash ^ term.charAt(at)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
    return hash ^ hash >>> 29;
  }
}
