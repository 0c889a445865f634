package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.pairs.EventFingerprint;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The part of a search that counting needs, or the erasure of its user.
 *
 * @param pair record key of the query and the clicked item; empty when the owner is erased
 * @param owner among whose events a copy of it is looked for
 * @param atMillis its time; empty without a user, whose searches have no limit
 */
record CountedSearch(
    Optional<String> pair, String owner, Optional<EventFingerprint> id, OptionalLong atMillis) {
  static final ValueType<CountedSearch> TYPE =
      new ValueType<>(CountedSearch.class, CountedSearchSerializer.INSTANCE);

  /** The erasure of an owner. */
  static CountedSearch erased(String owner) {
    return new CountedSearch(Optional.empty(), owner, Optional.empty(), OptionalLong.empty());
  }

  /** Whether others of its owner decide if it counts, or are to be forgotten. */
  boolean isAmongOthers(boolean limited) {
    return pair.isEmpty() || id.isPresent() || (limited && atMillis.isPresent());
  }

  /** The co-occurrence that it is, unless it is an erasure. */
  RowChange change() {
    return RowChange.of(PairChange.one(pair.orElseThrow()));
  }

  /** The click after its query, likewise. */
  RowChange click() {
    return RowChange.ofClicks(PairChange.one(pair.orElseThrow())).orElseThrow();
  }
}
