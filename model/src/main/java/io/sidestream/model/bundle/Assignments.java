package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import java.util.List;

/**
 * What the training knows of each item of its corpus: parallel rows, sorted by item id.
 *
 * @param codes shape [item][level]
 * @param vectors unit vectors in the generation's space, shape [item][D]
 * @param collaborative shape [item][C]; all zero for an item without events
 * @param interactions how often each was interacted with, shape [item]
 * @param searches how often each was chosen for a query, shape [item]
 */
public record Assignments(
    List<ItemId> items,
    int[][] codes,
    float[][] vectors,
    float[][] collaborative,
    float[] interactions,
    float[] searches) {
  public Assignments {
    items = List.copyOf(items);
    int rows = items.size();
    check(
        codes.length == rows
            && vectors.length == rows
            && collaborative.length == rows
            && interactions.length == rows
            && searches.length == rows,
        "assignments of %d items have columns of other lengths",
        rows);
    for (int row = 1; row < rows; row++) {
      check(
          items.get(row - 1).compareTo(items.get(row)) < 0,
          "assignments are not sorted: %s before %s",
          items.get(row - 1),
          items.get(row));
    }
  }

  public int size() {
    return items.size();
  }
}
