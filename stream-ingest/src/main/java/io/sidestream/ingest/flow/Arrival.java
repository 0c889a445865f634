package io.sidestream.ingest.flow;

import java.util.List;
import java.util.Optional;

/** A Kafka record as it came, and where it lies: not yet known to be well-formed. */
public record Arrival(
    String topic,
    int partition,
    long offset,
    Optional<byte[]> key,
    Optional<byte[]> value,
    List<Field> headers) {

  /** Its type, for Flink. */
  public static final ValueType<Arrival> TYPE =
      new ValueType<>(Arrival.class, ArrivalSerializer.INSTANCE);
}
