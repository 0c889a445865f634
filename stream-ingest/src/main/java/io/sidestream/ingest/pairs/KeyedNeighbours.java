package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.OutboundRecord;
import io.sidestream.ingest.flow.RecordHeader;
import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.avro.ClickedItemsEncoder;
import io.sidestream.schemas.avro.ItemNeighboursEncoder;
import io.sidestream.schemas.kafka.EventTime;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The totals of an item's transitions so far, or of the clicks after a query.
 *
 * @param key the item, or the normalized query
 * @param eventMillis record time of the oldest event that changed them since the last, if known
 */
record KeyedNeighbours(String key, NeighbourTotals totals, Optional<Long> eventMillis) {
  static final ValueType<KeyedNeighbours> TYPE =
      new ValueType<>(KeyedNeighbours.class, KeyedNeighboursSerializer.INSTANCE);

  /** The record of neighbours under the item's id; a tombstone where nothing is left. */
  OutboundRecord toItemNeighbours(String topic) {
    BestSuccessors best = totals.best();
    return record(
        topic,
        () ->
            ItemNeighboursEncoder.encode(
                Math.max(0, totals.outgoing()),
                Math.max(0, totals.incoming()),
                best.size(),
                best.bytes()));
  }

  /** The record of clicked items under the query; a tombstone where nothing is left. */
  OutboundRecord toClickedItems(String topic) {
    BestSuccessors best = totals.best();
    return record(
        topic,
        () ->
            ClickedItemsEncoder.encode(Math.max(0, totals.outgoing()), best.size(), best.bytes()));
  }

  private OutboundRecord record(String topic, Supplier<byte[]> value) {
    OutboundRecord record =
        totals.isEmpty()
            ? OutboundRecord.tombstone(topic, key)
            : OutboundRecord.of(topic, key, value.get());
    return eventMillis
        .map(at -> new RecordHeader(EventTime.HEADER, Optional.of(EventTime.value(at))))
        .map(record::with)
        .orElse(record);
  }
}
