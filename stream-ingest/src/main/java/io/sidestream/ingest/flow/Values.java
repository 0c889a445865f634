package io.sidestream.ingest.flow;

import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;

/** Reads the value of an {@link InboundRecord}. */
public final class Values {
  private Values() {}

  /** The value, on a topic that knows no tombstones. */
  public static <T> T required(InboundRecord arrival, Codec<T> codec)
      throws MalformedRecordException {
    if (arrival.value().isEmpty()) {
      throw new MalformedRecordException(
          Reason.UNEXPECTED_TOMBSTONE,
          "record of " + arrival.topic() + " has no value, expected one",
          null);
    }
    return codec.decode(arrival.value().get());
  }
}
