package io.sidestream.learning.pretrained;

import static io.sidestream.schemas.Checks.checkRange;

import java.util.List;

/**
 * A prompt of a pretrained generator: text, then the IDs of items. Typed text stays text: nothing
 * in it becomes a special or an ID token.
 *
 * @param text task and query
 * @param history codes of a user's items, oldest first, shape [item][level]; may be empty
 */
public record TextPrompt(String text, List<int[]> history) {
  /** Longest text, in UTF-16 units: far more than fits a prompt. */
  public static final int MAX_TEXT = 1 << 16;

  public TextPrompt {
    checkRange(text.length(), 0, MAX_TEXT, "prompt of %d characters");
    history = history.stream().map(int[]::clone).toList();
  }

  /** The items that answer a query. */
  public static TextPrompt search(String query) {
    return new TextPrompt("search: " + query, List.of());
  }

  /** The items that follow a history. */
  public static TextPrompt recommend(List<int[]> historyOldestFirst) {
    return new TextPrompt("recommend:", historyOldestFirst);
  }

  @Override
  public List<int[]> history() {
    return history.stream().map(int[]::clone).toList();
  }
}
