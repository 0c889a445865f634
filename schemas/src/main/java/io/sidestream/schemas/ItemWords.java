package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

/**
 * What an item says of itself, for search by words.
 *
 * @param text its other texts and attributes as one
 */
public record ItemWords(String title, String text) {
  /** Most characters of a text that are searched, the first ones. */
  public static final int MAX_TEXT = 10_000;

  public ItemWords {
    check(
        title.length() <= Item.MAX_TITLE,
        "title has %d characters, at most %d are allowed",
        title.length(),
        Item.MAX_TITLE);
    text = Truncation.of(text, MAX_TEXT);
  }
}
