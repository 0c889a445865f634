package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.avro.KeyedRecords;
import java.util.List;
import java.util.Optional;

/**
 * The last record of an item, and its coordinates.
 *
 * @param value the item as the job encodes it; empty when it was removed
 */
record ItemEvent(ItemId item, int partition, long offset, Optional<byte[]> value) {
  static final ValueType<ItemEvent> TYPE =
      new ValueType<>(ItemEvent.class, ItemEventSerializer.INSTANCE);

  ItemEvent {
    value = value.map(byte[]::clone);
  }

  @Override
  public Optional<byte[]> value() {
    return value.map(byte[]::clone);
  }

  /** Key of the item's state. */
  String key() {
    return item.value();
  }

  /** Whether a corpus holds this event, or a later one of the same item. */
  boolean coveredBy(CorpusOffsets corpus, String itemsTopic) {
    return corpus.covers(itemsTopic, partition, offset);
  }

  /** The record that was consumed, without its headers, its value as the job encodes it. */
  InboundRecord toRecord(String itemsTopic) {
    Optional<byte[]> key = Optional.of(KeyedRecords.key(key()));
    return new InboundRecord(itemsTopic, partition, offset, key, value, List.of());
  }
}
