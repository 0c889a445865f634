package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.util.Optional;

/** Decoders of the counting job's event topics. */
final class EventDecoders {
  private EventDecoders() {}

  /**
   * Decodes an interaction, whose key must be its user: only then do a user's events lie in one
   * partition, in an order that every read gives again.
   */
  static Optional<UserInteraction> interaction(InboundRecord record)
      throws MalformedRecordException {
    Interaction event = record.value(Codecs.interaction());
    record.requireKey(event.user().value());
    return Optional.of(new UserInteraction(event.user(), ItemInteraction.of(event)));
  }

  /** The key of the query-item pair of a search. */
  static Optional<String> queryItemPair(InboundRecord record) throws MalformedRecordException {
    Search search = record.value(Codecs.search());
    return Optional.of(PairKey.of(Pair.QueryItem.of(search.query(), search.clicked())));
  }
}
