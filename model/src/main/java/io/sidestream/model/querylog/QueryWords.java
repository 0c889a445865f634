package io.sidestream.model.querylog;

import io.sidestream.schemas.NormalizedQuery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Terms of a query: the maximal runs of letters and digits of its normalized form. */
final class QueryWords {
  private QueryWords() {}

  /** All terms in order, repeated ones included. */
  static List<String> all(String query) {
    String normalized = NormalizedQuery.of(query);
    List<String> words = new ArrayList<>();
    int from = -1; // start of the current term
    for (int at = 0; at <= normalized.length(); ) {
      int point = at < normalized.length() ? normalized.codePointAt(at) : ' ';
      if (Character.isLetterOrDigit(point)) {
        from = from < 0 ? at : from;
      } else if (from >= 0) {
        words.add(normalized.substring(from, at));
        from = -1;
      }
      at += Character.charCount(point);
    }
    return words;
  }

  /** The first distinct terms, at most {@code n}, in order. */
  static Set<String> first(String query, int n) {
    Set<String> first = new LinkedHashSet<>();
    for (String word : all(query)) {
      if (first.size() == n) {
        break;
      }
      first.add(word);
    }
    return first;
  }
}
