package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.KeyedRecords;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.EventFingerprint;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.UncountedEvents;
import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decoders of the counting job's event topics, where a record without a value erases a user.
 *
 * @param schemas of values that name theirs by an id
 * @param weights of interactions
 */
record EventDecoders(WriterSchemas schemas, KindWeights weights) implements Serializable {
  /** An interaction, or the erasure of its user; empty for one that weighs nothing. */
  Optional<UserEvent> interaction(InboundRecord record) throws MalformedRecordException {
    byte @Nullable [] key = record.key().orElse(null);
    if (record.value().isEmpty()) {
      return Optional.of(new UserEvent(KeyedRecords.erasedUser(key), Optional.empty()));
    }
    Interaction event = KeyedRecords.interaction(key, record.value().get(), schemas);
    CountedInteraction counted = CountedInteraction.of(event, weights);
    return counted.weight() == 0
        ? Optional.empty()
        : Optional.of(new UserEvent(event.user(), Optional.of(counted)));
  }

  /** A search, or the erasure of its user on this partition. */
  Optional<CountedSearch> search(InboundRecord record) throws MalformedRecordException {
    if (record.value().isEmpty()) {
      UserId erased = KeyedRecords.erasedUser(record.key().orElse(null));
      return Optional.of(CountedSearch.erased(UncountedEvents.owner(record.partition(), erased)));
    }
    return Optional.of(counted(record, searched(record)));
  }

  /** What counting needs of a record's search. */
  static CountedSearch counted(InboundRecord record, Search search) {
    return new CountedSearch(
        Optional.of(pairKey(search)),
        UncountedEvents.owner(record.partition(), search),
        search.id().map(EventFingerprint::of),
        search.user().isPresent()
            ? OptionalLong.of(search.at().toEpochMilli())
            : OptionalLong.empty());
  }

  /** The search of a record. */
  Search searched(InboundRecord record) throws MalformedRecordException {
    return record.value(Codecs.search(), schemas);
  }

  /** The key of a search's query-item pair. */
  static String pairKey(Search search) {
    return PairKey.of(Pair.QueryItem.of(search.query(), search.clicked()));
  }

  /** The erasure of a user; empty for all other records, and for those that are rejected. */
  static Optional<Erasure> erasure(InboundRecord record) {
    if (record.value().isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Erasure(
              record.topic(),
              record.partition(),
              record.offset(),
              KeyedRecords.erasedUser(record.key().orElse(null))));
    } catch (MalformedRecordException e) {
      return Optional.empty();
    }
  }
}
