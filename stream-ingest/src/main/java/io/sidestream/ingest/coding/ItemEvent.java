package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.ItemId;
import java.util.Optional;

/**
 * What happened to an item last, and where that record lies.
 *
 * @param value the item in its wire form, known to be well-formed; empty when it was removed
 */
record ItemEvent(ItemId item, int partition, long offset, Optional<byte[]> value) {
  static final ValueType<ItemEvent> TYPE =
      new ValueType<>(ItemEvent.class, ItemEventSerializer.INSTANCE);

  /** Text to place an item's state by. */
  String key() {
    return item.value();
  }

  /** Whether a corpus holds this event, or a later one of the same item. */
  boolean coveredBy(CorpusOffsets corpus, String itemsTopic) {
    return corpus.covers(itemsTopic, partition, offset);
  }
}
