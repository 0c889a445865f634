package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.pairs.EventFingerprint;
import java.util.Optional;

/**
 * The part of a search that counting needs.
 *
 * @param pair record key of the query and the clicked item
 * @param owner among whose events a copy of it is looked for
 */
record CountedSearch(String pair, String owner, Optional<EventFingerprint> id) {
  static final ValueType<CountedSearch> TYPE =
      new ValueType<>(CountedSearch.class, CountedSearchSerializer.INSTANCE);

  /** The co-occurrence that it is. */
  RowChange change() {
    return RowChange.of(PairChange.one(pair));
  }
}
