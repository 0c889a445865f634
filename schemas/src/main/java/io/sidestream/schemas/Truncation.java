package io.sidestream.schemas;

/** Beginnings of texts that are too long. */
public final class Truncation {
  private Truncation() {}

  /**
   * The text, or its longest beginning of whole characters.
   *
   * @param most UTF-16 code units, at least 1
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, splits ? most - 1 : most);
  }
}
