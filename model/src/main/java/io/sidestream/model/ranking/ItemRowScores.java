package io.sidestream.model.ranking;

import io.sidestream.schemas.ItemId;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Scores of items, as far as they are among the rows.
 *
 * @param scores by item
 */
record ItemRowScores(Map<ItemId, Double> scores, CatalogueRows rows) implements SparseRowScores {
  /*
   * Some thousand items follow a history, a few hundred rows are ranked: only the row of an item
   * that may be among the best is looked up, since in a large catalogue that misses the caches.
   */

  @Override
  public float at(int row) {
    Double score = scores.get(rows.get(row).item());
    return score == null ? 0 : score.floatValue();
  }

  @Override
  public void offerTo(TopRows top, IntPredicate eligible) {
    scores.forEach(
        (item, score) -> {
          if (top.mayTake(score.floatValue())) {
            int row = rows.find(item);
            if (row >= 0) {
              SparseRowScores.offer(top, row, score.floatValue(), eligible);
            }
          }
        });
  }
}
