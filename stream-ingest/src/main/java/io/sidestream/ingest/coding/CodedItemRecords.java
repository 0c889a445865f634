package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.OutboundRecord;
import io.sidestream.ingest.flow.Rejection;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.CodedItemKey;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.WriterSchemas;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.io.Serializable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes an item's event as a record of its codes in one generation.
 *
 * @param itemsTopic where the event is from
 * @param codedItemsTopic where the codes go
 */
record CodedItemRecords(String itemsTopic, String codedItemsTopic) implements Serializable {
  private static final Logger LOG = LoggerFactory.getLogger(CodedItemRecords.class);
  private static final Rejection REJECTION =
      new Rejection("encode", CodedItemRecords.class.getName());

  /**
   * The item's codes, a tombstone when it was removed, or its rejected record when the generation's
   * models fail on it: one item must not stop the others.
   */
  OutboundRecord encode(Generation generation, ItemCoder coder, ItemEvent event) {
    String key = new CodedItemKey(generation, event.item()).toString();
    if (event.value().isEmpty()) {
      return OutboundRecord.tombstone(codedItemsTopic, key);
    }
    Item item = item(event.value().get());
    CodedItem coded;
    try {
      coded = coder.code(item);
    } catch (RuntimeException e) {
      return rejected(generation, event, e);
    }
    if (!coded.generation().equals(generation)) {
      throw new IllegalStateException(
          "generation " + generation + ": bundle codes for generation " + coded.generation());
    }
    return OutboundRecord.of(codedItemsTopic, key, Codecs.codedItem().encode(coded));
  }

  private OutboundRecord rejected(Generation generation, ItemEvent event, RuntimeException cause) {
    var failure =
        new IllegalStateException(
            "generation " + generation + ": item " + event.item() + " has no codes: " + cause,
            cause);
    LOG.warn("{}; its record is rejected", failure.getMessage(), cause);
    return REJECTION.of(event.toRecord(itemsTopic), failure);
  }

  private Item item(byte[] value) {
    try {
      return Codecs.item().decode(value, WriterSchemas.none());
    } catch (MalformedRecordException e) {
      throw new IllegalStateException("item was decoded when it arrived, and cannot be now", e);
    }
  }
}
