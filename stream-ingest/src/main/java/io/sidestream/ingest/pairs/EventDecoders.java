package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.ingest.flow.Keys;
import io.sidestream.ingest.flow.Values;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.util.Optional;

/** What the counting job makes of an event. */
final class EventDecoders {
  private EventDecoders() {}

  /**
   * The visit that an interaction is.
   *
   * <p>Its key must be the user: only then do one person's events lie in one partition, in an order
   * that is the same whenever they are read.
   */
  static Optional<UserInteraction> visit(InboundRecord arrival) throws MalformedRecordException {
    Interaction interaction = Values.required(arrival, Codecs.interaction());
    Keys.require(arrival, interaction.user().value());
    ItemInteraction visit =
        new ItemInteraction(interaction.item(), interaction.at().toEpochMilli());
    return Optional.of(new UserInteraction(interaction.user(), visit));
  }

  /** The key of the pair that a search is. */
  static Optional<String> searchedPair(InboundRecord arrival) throws MalformedRecordException {
    Search search = Values.required(arrival, Codecs.search());
    String query = NormalizedQuery.of(search.query());
    return Optional.of(PairKey.of(new Pair.QueryItem(query, search.clicked())));
  }
}
