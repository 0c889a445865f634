package io.sidestream.schemas;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** The form in which two spellings of one query count as the same. */
public final class NormalizedQuery {
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Z}\\p{Mn}]*");

  private NormalizedQuery() {}

  /**
   * Whether nothing of a query can be read: spaces, control and format characters, such as zero
   * widths and soft hyphens, and marks without a letter. The tokenizers drop these.
   */
  public static boolean isBlank(String query) {
    return INVISIBLE.matcher(query).matches();
  }

  /** Unicode NFKC, lower case (root locale), runs of white space made one blank, ends trimmed. */
  public static String of(String query) {
    String folded = Normalizer.normalize(query, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return SPACES.matcher(folded).replaceAll(" ").strip();
  }
}
