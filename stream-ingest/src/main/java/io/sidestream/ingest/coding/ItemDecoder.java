package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.ingest.flow.Keys;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.util.Optional;

/** What the coding job makes of a record of the catalogue. */
final class ItemDecoder {
  private ItemDecoder() {}

  /** The event; its key must be the item's id, since that is what the topic is compacted by. */
  static Optional<ItemEvent> event(InboundRecord arrival) throws MalformedRecordException {
    ItemId item = id(arrival);
    if (arrival.value().isPresent()) {
      Keys.require(arrival, Codecs.item().decode(arrival.value().get()).id().value());
    }
    return Optional.of(new ItemEvent(item, arrival.partition(), arrival.offset(), arrival.value()));
  }

  private static ItemId id(InboundRecord arrival) throws MalformedRecordException {
    try {
      return new ItemId(Keys.text(arrival));
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException(Reason.BAD_KEY, e.getMessage(), e);
    }
  }
}
