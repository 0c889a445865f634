package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.OutboundRecord;
import io.sidestream.ingest.flow.RecordHeader;
import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.avro.ItemNeighboursEncoder;
import io.sidestream.schemas.kafka.EventTime;
import java.util.Optional;

/**
 * The totals of an item's transitions so far.
 *
 * @param eventMillis record time of the oldest event that changed them since the last, if known
 */
record KeyedNeighbours(String item, NeighbourTotals totals, Optional<Long> eventMillis) {
  static final ValueType<KeyedNeighbours> TYPE =
      new ValueType<>(KeyedNeighbours.class, KeyedNeighboursSerializer.INSTANCE);

  /** The record under the item's id; a tombstone where nothing is left. */
  OutboundRecord toRecord(String topic) {
    OutboundRecord record =
        totals.isEmpty()
            ? OutboundRecord.tombstone(topic, item)
            : OutboundRecord.of(topic, item, value());
    return eventMillis
        .map(at -> new RecordHeader(EventTime.HEADER, Optional.of(EventTime.value(at))))
        .map(record::with)
        .orElse(record);
  }

  private byte[] value() {
    BestSuccessors best = totals.best();
    return ItemNeighboursEncoder.encode(
        Math.max(0, totals.outgoing()), Math.max(0, totals.incoming()), best.size(), best.bytes());
  }
}
