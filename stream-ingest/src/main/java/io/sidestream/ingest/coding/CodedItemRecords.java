package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.OutboundRecord;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.CodedItemKey;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.io.Serializable;

/** Makes the record that tells a generation of an item's event. */
record CodedItemRecords(String topic) implements Serializable {
  /** The item's codes, or a tombstone when it was removed. */
  OutboundRecord tell(Generation generation, ItemCoder coder, ItemEvent event) {
    String key = new CodedItemKey(generation, event.item()).toString();
    return event
        .value()
        .map(value -> OutboundRecord.of(topic, key, encoded(coder, generation, item(value))))
        .orElseGet(() -> OutboundRecord.tombstone(topic, key));
  }

  private static byte[] encoded(ItemCoder coder, Generation generation, Item item) {
    CodedItem coded = coder.code(item);
    if (!coded.generation().equals(generation)) {
      throw new IllegalStateException(
          "generation " + generation + ": bundle codes for generation " + coded.generation());
    }
    return Codecs.codedItem().encode(coded);
  }

  private static Item item(byte[] value) {
    try {
      return Codecs.item().decode(value);
    } catch (MalformedRecordException e) {
      throw new IllegalStateException("item was readable when it came, and no longer is", e);
    }
  }
}
