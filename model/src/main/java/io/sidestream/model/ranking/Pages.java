package io.sidestream.model.ranking;

import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import java.util.List;

/** Which of the ranked items a prompt asks for. */
final class Pages {
  private Pages() {}

  /** How many items are ranked by score; of a diverse answer the same for all pages. */
  static int reach(Prompt prompt) {
    return prompt.selection().isDiverse() ? DiverseItems.MAX_ITEMS : end(prompt);
  }

  /** The page of these items, best first. */
  static DiverseItems of(List<RankedItem> ranked, Prompt prompt) {
    return DiverseItems.of(ranked, prompt.selection().diversity(), end(prompt))
        .page(prompt.selection().offset(), prompt.k());
  }

  /** Those of the page, and of the pages before. */
  private static int end(Prompt prompt) {
    return prompt.selection().offset() + prompt.k();
  }
}
