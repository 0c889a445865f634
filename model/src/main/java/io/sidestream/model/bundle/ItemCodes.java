package io.sidestream.model.bundle;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;
import static io.sidestream.schemas.Checks.checkRange;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.schemas.ItemId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The codes of a generation's items without its other parts: parallel rows, sorted by item id. The
 * array is not copied, and must not be changed.
 *
 * @param codes shape [item][level]
 */
public record ItemCodes(CodebookShape shape, List<ItemId> items, int[][] codes) {
  public ItemCodes {
    items = List.copyOf(items);
    checkEqual(codes.length, items.size(), "codes of %d items");
    for (int row = 0; row < codes.length; row++) {
      check(
          row == 0 || items.get(row - 1).compareTo(items.get(row)) < 0,
          "item %s does not follow the one before it",
          items.get(row));
      checkEqual(codes[row].length, shape.levels(), "id of %d codes");
      for (int code : codes[row]) {
        checkRange(code, 0, shape.width() - 1, "code is %d");
      }
    }
  }

  /** The codes of an item; empty where the generation does not have it. */
  public Optional<int[]> of(ItemId item) {
    int row = Collections.binarySearch(items, item);
    return row < 0 ? Optional.empty() : Optional.of(codes[row].clone());
  }
}
