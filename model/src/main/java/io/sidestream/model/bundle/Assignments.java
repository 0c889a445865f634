package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import java.util.List;

/**
 * Codes, vectors and counts of the items of the training corpus: parallel rows, sorted by item id.
 * The arrays are not copied: of a million items they are over 1 GB, and must not be changed.
 *
 * @param codes shape [item][level]
 * @param vectors unit vectors in the generation's space, shape [item][D]
 * @param collaborative shape [item][C]; all zero for an item without events
 * @param interactions number of interactions, shape [item]
 * @param searches number of clicks for a query, shape [item]
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
