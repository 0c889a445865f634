package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.OutboundRecord;
import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.PairKey;

/**
 * A pair's co-occurrence count so far.
 *
 * @param key the pair's record key
 */
record KeyedCount(String key, long total) {
  static final ValueType<KeyedCount> TYPE =
      new ValueType<>(KeyedCount.class, KeyedCountSerializer.INSTANCE);

  /** The later of two: a total replaces the one before. */
  KeyedCount then(KeyedCount later) {
    return later;
  }

  /** The {@link PairCount} under its pair's key; a tombstone where nothing is left to count. */
  OutboundRecord toRecord(String topic) {
    if (total <= 0) {
      return OutboundRecord.tombstone(topic, key);
    }
    PairCount value = new PairCount(PairKey.parse(key), total);
    return OutboundRecord.of(topic, key, Codecs.pairCount().encode(value));
  }
}
