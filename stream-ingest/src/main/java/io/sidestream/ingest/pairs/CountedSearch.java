package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.pairs.EventFingerprint;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The part of a search that counting needs.
 *
 * @param pair record key of the query and the clicked item
 * @param owner among whose events a copy of it is looked for
 * @param atMillis its time; empty without a user, whose searches have no limit
 */
record CountedSearch(
    String pair, String owner, Optional<EventFingerprint> id, OptionalLong atMillis) {
  static final ValueType<CountedSearch> TYPE =
      new ValueType<>(CountedSearch.class, CountedSearchSerializer.INSTANCE);

  /** Whether others of its owner decide if it counts. */
  boolean isAmongOthers(boolean limited) {
    return id.isPresent() || (limited && atMillis.isPresent());
  }

  /** The co-occurrence that it is. */
  RowChange change() {
    return RowChange.of(PairChange.one(pair));
  }
}
