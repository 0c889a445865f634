package io.sidestream.ingest.flow;

import io.sidestream.schemas.avro.MalformedRecordException;
import java.io.Serializable;
import java.util.Optional;

/**
 * Decodes a domain value from a record, or rejects the record.
 *
 * @param <T> the domain value
 */
@FunctionalInterface
public interface Decoder<T> extends Serializable {
  /**
   * The value of a record; empty where the record is well-formed but of no use here.
   *
   * @throws MalformedRecordException when the record belongs on the rejected topic
   */
  Optional<T> decode(InboundRecord record) throws MalformedRecordException;
}
