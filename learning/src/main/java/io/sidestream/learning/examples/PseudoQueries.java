package io.sidestream.learning.examples;

import io.sidestream.model.terms.UnspacedScripts;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Truncation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Pseudo-queries of an item's own texts, for items without searches: its title, then sentences. */
final class PseudoQueries {
  private static final Pattern SENTENCE_END =
      Pattern.compile("(?<=[.!?\u061f\u0964])\\s+|(?<=[\u3002\uff01\uff1f])\\s*");
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern YEAR = Pattern.compile("\\s*\\(\\d{4}\\)\\s*$");
  private static final int MIN_WORDS = 3;
  private static final int MAX_CHARACTERS = 200;

  private PseudoQueries() {}

  /**
   * The item's title, then its first sentences, texts in the order of their names.
   *
   * @param sentences 0 or more
   */
  static List<String> of(Item item, int sentences) {
    Set<String> queries = new LinkedHashSet<>();
    queries.add(title(item));
    int max = queries.size() + sentences;
    for (String text : new TreeMap<>(item.texts()).values()) {
      for (String sentence : SENTENCE_END.split(oneLine(text))) {
        if (queries.size() < max && words(sentence) >= MIN_WORDS) {
          queries.add(Truncation.of(sentence, MAX_CHARACTERS));
        }
      }
    }
    return new ArrayList<>(queries);
  }

  /** Without the year at its end, unless it is nothing else. */
  private static String title(Item item) {
    String title = oneLine(YEAR.matcher(item.title()).replaceAll(""));
    return title.isEmpty() ? oneLine(item.title()) : title;
  }

  /** Where no blanks part words, two characters count as one. */
  private static long words(String sentence) {
    return sentence.split(" ").length
        + sentence.codePoints().filter(UnspacedScripts::have).count() / 2;
  }

  private static String oneLine(String text) {
    return SPACES.matcher(text).replaceAll(" ").strip();
  }
}
