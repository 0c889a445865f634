package io.sidestream.schemas.avro;

import io.sidestream.schemas.WriterSchemas;

/**
 * A codec of values that others write, in one of several formats.
 *
 * @param <T> the domain type
 */
public interface InputFormat<T> extends Codec<T> {
  /**
   * The value of a wire form, which may name its schema by an id.
   *
   * @throws MalformedRecordException also when the registry does not know the id
   */
  T decode(byte[] bytes, WriterSchemas schemas) throws MalformedRecordException;

  @Override
  default T decode(byte[] bytes) throws MalformedRecordException {
    return decode(bytes, WriterSchemas.none());
  }
}
