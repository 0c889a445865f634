package io.sidestream.schemas.avro;

/**
 * Turns one domain type into bytes for Kafka and back. Thread-safe.
 *
 * @param <T> the domain type
 */
public interface Codec<T> {
  /** The wire form of a value. */
  byte[] encode(T value);

  /**
   * The value of a wire form.
   *
   * @throws MalformedRecordException when the bytes are not of this type, or the value breaks a
   *     limit of its type; the message says which
   */
  T decode(byte[] bytes) throws MalformedRecordException;
}
