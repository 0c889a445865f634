package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.util.Optional;

/** Decoder of the coding job's catalogue topic. */
final class ItemDecoder {
  private ItemDecoder() {}

  /** The event of a record; its key must be the item's id, by which the topic is compacted. */
  static Optional<ItemEvent> decode(InboundRecord record) throws MalformedRecordException {
    ItemId item = id(record);
    if (record.value().isPresent()) {
      record.requireKey(record.value(Codecs.item()).id().value());
    }
    return Optional.of(new ItemEvent(item, record.partition(), record.offset(), record.value()));
  }

  private static ItemId id(InboundRecord record) throws MalformedRecordException {
    try {
      return new ItemId(record.keyText());
    } catch (IllegalArgumentException e) {
      throw new MalformedRecordException(Reason.BAD_KEY, ReasonText.of(e), e);
    }
  }
}
