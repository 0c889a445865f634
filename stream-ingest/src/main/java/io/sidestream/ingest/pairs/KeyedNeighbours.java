package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.OutboundRecord;
import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.avro.Codecs;

/** The totals of an item's transitions so far. */
record KeyedNeighbours(String item, NeighbourTotals totals) {
  static final ValueType<KeyedNeighbours> TYPE =
      new ValueType<>(KeyedNeighbours.class, KeyedNeighboursSerializer.INSTANCE);

  /** The record under the item's id; a tombstone where nothing is left. */
  OutboundRecord toRecord(String topic) {
    return totals.isEmpty()
        ? OutboundRecord.tombstone(topic, item)
        : OutboundRecord.of(topic, item, Codecs.itemNeighbours().encode(totals.neighbours()));
  }
}
