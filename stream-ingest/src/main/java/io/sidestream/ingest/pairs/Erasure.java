package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.ValueType;
import io.sidestream.schemas.UserId;

/** The erasure of a user: the events before this offset of the partition are not used any more. */
record Erasure(String topic, int partition, long offset, UserId user) {
  static final ValueType<Erasure> TYPE = new ValueType<>(Erasure.class, ErasureSerializer.INSTANCE);
}
