package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.avro.PairCountEncoder;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A pair's co-occurrence count so far. The key is not copied: one is made for each record.
 *
 * @param key the pair's record key, in UTF-8; not to be changed
 */
record PairTotal(byte[] key, long total) {
  static final ValueType<PairTotal> TYPE =
      new ValueType<>(PairTotal.class, PairTotalSerializer.INSTANCE);

  /** The record under the pair's key; a tombstone where nothing is left to count. */
  ProducerRecord<byte[], byte[]> toRecord(String topic) {
    return new ProducerRecord<>(
        topic, key, total <= 0 ? null : PairCountEncoder.encode(key, total));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PairTotal that && Arrays.equals(key, that.key) && total == that.total;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(key) + Long.hashCode(total);
  }
}
