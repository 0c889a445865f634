package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

/**
 * An item in an answer.
 *
 * @param score higher is better; comparable within one answer only
 * @param id the item's Semantic ID in the generation that answered
 */
public record RankedItem(ItemId item, double score, SemanticId id) {
  public RankedItem {
    check(Double.isFinite(score), "score of item %s is %s, expected a finite number", item, score);
  }
}
