package io.sidestream.schemas;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The form in which two spellings of one query count as the same. */
public final class NormalizedQuery {
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private NormalizedQuery() {}

  /** Unicode NFKC, lower case (root locale), runs of white space made one blank, ends trimmed. */
  public static String of(String query) {
    String folded = Normalizer.normalize(query, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return SPACES.matcher(folded).replaceAll(" ").strip();
  }
}
