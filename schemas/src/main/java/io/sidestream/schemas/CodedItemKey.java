package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

/** Names a coded item on its topic; a tombstone under it takes the item out of that generation. */
public record CodedItemKey(Generation generation, ItemId item) {
  /** For example {@code 12/tt0111161}. */
  @Override
  public String toString() {
    return generation + "/" + item;
  }

  /** The key written as {@link #toString()} writes it. */
  public static CodedItemKey parse(String text) {
    int slash = text.indexOf('/');
    check(slash > 0, "coded item key is \"%s\", expected generation/item", text);
    try {
      long number = Long.parseLong(text.substring(0, slash));
      return new CodedItemKey(new Generation(number), new ItemId(text.substring(slash + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "coded item key is \"" + text + "\", expected generation/item", e);
    }
  }
}
