package io.sidestream.schemas.pairs;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.ItemId;
import java.util.Comparator;

/**
 * An item that followed another one.
 *
 * @param count sum of the {@link Transition} weights so far; unit: millionths
 */
public record Neighbour(ItemId item, long count) {
  /** Highest count first, ties by item. */
  public static final Comparator<Neighbour> BEST_FIRST =
      Comparator.comparingLong(Neighbour::count).reversed().thenComparing(Neighbour::item);

  public Neighbour {
    check(count > 0, "neighbour %s has count %d, expected 1 or more", item, count);
  }
}
