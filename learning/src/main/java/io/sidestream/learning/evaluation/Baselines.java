package io.sidestream.learning.evaluation;

import io.sidestream.schemas.ItemId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one gets without a model: the most popular items, or any items. Immutable. */
final class Baselines {
  private final Map<ItemId, Integer> rows;
  private final float[] counts; // [row]

  /**
   * @param items sorted by id
   * @param counts how often each was chosen in training, shape [item]
   */
  Baselines(List<ItemId> items, float[] counts) {
    this.rows = new HashMap<>();
    for (int row = 0; row < items.size(); row++) {
      rows.put(items.get(row), row);
    }
    this.counts = counts.clone();
  }

  /** The rank of an item among all that are not excluded, by popularity; equal ones by id. */
  int popularityRank(ItemId wanted, Set<ItemId> excluded) {
    Integer row = rows.get(wanted);
    if (row == null || excluded.contains(wanted)) {
      return RankMetrics.MISSING;
    }
    int before = 0;
    for (int other = 0; other < counts.length; other++) {
      before += comesBefore(other, row) ? 1 : 0;
    }
    return before - (int) excluded.stream().filter(item -> comesBefore(item, row)).count();
  }

  /** The chance that an item is among k drawn at random from those not excluded. */
  double chance(int k, Set<ItemId> excluded) {
    long left = rows.size() - excluded.stream().filter(rows::containsKey).count();
    return left <= k ? 1 : (double) k / left;
  }

  private boolean comesBefore(ItemId item, int row) {
    Integer other = rows.get(item);
    return other != null && comesBefore(other, row);
  }

  private boolean comesBefore(int other, int row) {
    return counts[other] > counts[row] || (counts[other] == counts[row] && other < row);
  }
}
