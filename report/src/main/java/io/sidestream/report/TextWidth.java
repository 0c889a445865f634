package io.sidestream.report;

/** How wide a text is about, without a font at hand; unit: pixel. */
final class TextWidth {
  /** The size of labels in the style sheet. */
  static final double SIZE = 12.5;

  private static final double NARROW = 0.30;
  private static final double USUAL = 0.58;
  private static final double WIDE = 0.8;

  private TextWidth() {}

  static double of(String text) {
    return text.chars().mapToDouble(TextWidth::ems).sum() * SIZE;
  }

  private static double ems(int c) {
    if ("ijl.,;:'|!()[] ft".indexOf(c) >= 0) {
      return NARROW;
    }
    return Character.isUpperCase(c) || "mw+=%@±→←–…".indexOf(c) >= 0 || c > 0x2FFF ? WIDE : USUAL;
  }

  /** The text, or as much of its start as fits, with an ellipsis. */
  static String cut(String text, double width) {
    if (of(text) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 1 && of(text.substring(0, end) + "…") > width) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + "…";
  }
}
