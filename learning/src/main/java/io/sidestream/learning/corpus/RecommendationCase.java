package io.sidestream.learning.corpus;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import java.util.List;

/**
 * An interaction kept back: after the history, the person met the next item for the first time.
 *
 * @param history known items, each once, the one met last at the end; at least one
 */
public record RecommendationCase(UserId user, List<ItemId> history, ItemId next) {
  public RecommendationCase {
    history = List.copyOf(history);
    check(!history.isEmpty(), "user %s has no history before %s", user, next);
    check(!history.contains(next), "user %s met %s before", user, next);
  }
}
