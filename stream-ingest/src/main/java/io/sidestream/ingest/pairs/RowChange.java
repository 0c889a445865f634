package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.pairs.PairKey;
import java.util.Optional;

/**
 * Changes of the counts of one row: of the pairs whose record keys begin alike, of what followed an
 * item, or of what was clicked after a query.
 *
 * @param row the part of the pairs' record keys that {@link PairKey#row} gives; or the item; or the
 *     normalized query
 * @param counts by the rest of the record keys; or by the items that followed, or were clicked
 * @param incoming change of the item's incoming total; 0 for pairs and clicks
 * @param former whether these are sums of an earlier version's state, which are published already
 */
record RowChange(String row, CountRow counts, long incoming, boolean former) {
  static final ValueType<RowChange> TYPE =
      new ValueType<>(RowChange.class, RowChangeSerializer.INSTANCE);

  /** Changes of pairs. */
  static RowChange ofPairs(String row, CountRow counts) {
    return new RowChange(row, counts, 0, false);
  }

  /** A change of one pair. */
  static RowChange of(PairChange change) {
    return ofPairs(
        PairKey.row(change.key()), CountRow.of(PairKey.entry(change.key()), change.change()));
  }

  /** The change of one pair as one of the clicks after its query; empty for a pair of items. */
  static Optional<RowChange> ofClicks(PairChange change) {
    return PairKey.parse(change.key())
        .fold(
            items -> Optional.empty(),
            pair ->
                Optional.of(
                    ofPairs(pair.query(), CountRow.of(pair.item().value(), change.change()))));
  }

  /** A change of one transition, or of one incoming total. */
  static RowChange of(NeighbourChange change) {
    return change
        .successor()
        .map(to -> new RowChange(change.item(), CountRow.of(to, change.change()), 0, false))
        .orElseGet(() -> new RowChange(change.item(), CountRow.NONE, change.change(), false));
  }
}
