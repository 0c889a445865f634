package io.sidestream.ingest.flow;

import io.sidestream.schemas.avro.MalformedRecordException;
import java.io.Serializable;
import java.util.Optional;

/**
 * Makes a domain value of a record, or says why it cannot.
 *
 * @param <T> the domain value
 */
@FunctionalInterface
public interface Decoder<T> extends Serializable {
  /**
   * The value of a record; empty where the record is well-formed and means nothing here.
   *
   * @throws MalformedRecordException when the record belongs on the rejected topic
   */
  Optional<T> decode(InboundRecord arrival) throws MalformedRecordException;
}
