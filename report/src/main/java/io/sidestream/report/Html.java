package io.sidestream.report;

/**
 * Text as it stands in HTML and SVG, where nothing that a name contains can be taken for markup.
 */
final class Html {
  private Html() {}

  /** The text with every character escaped that ends a text or an attribute. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? '\uFFFD' : c);
      }
    }
    return out.toString();
  }

  /** A printed number with a minus sign as wide as a digit; escaped. */
  static String number(String printed) {
    return escape(sign(printed));
  }

  /** The same, not escaped. */
  static String sign(String printed) {
    return printed.startsWith("-") ? "−" + printed.substring(1) : printed;
  }
}
