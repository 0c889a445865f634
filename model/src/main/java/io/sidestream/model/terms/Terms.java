package io.sidestream.model.terms;

import io.sidestream.schemas.NormalizedQuery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Terms of a text: the maximal runs of letters and digits of its normalized form. */
final class Terms {
  private Terms() {}

  /** Where a term stands in a text: its characters from {@code from} to before {@code to}. */
  record Place(int from, int to) {}

  /** All terms in order, repeated ones included. */
  static List<String> all(String text) {
    String normalized = NormalizedQuery.of(text);
    return places(normalized).stream()
        .map(place -> normalized.substring(place.from(), place.to()))
        .toList();
  }

  /** Where the terms of a normalized text stand, in order. */
  static List<Place> places(String normalized) {
    List<Place> places = new ArrayList<>();
    int from = -1; // start of the current term
    for (int at = 0; at <= normalized.length(); ) {
      int point = at < normalized.length() ? normalized.codePointAt(at) : ' ';
      if (Character.isLetterOrDigit(point)) {
        from = from < 0 ? at : from;
      } else if (from >= 0) {
        places.add(new Place(from, at));
        from = -1;
      }
      at += Character.charCount(point);
    }
    return places;
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
