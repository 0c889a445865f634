package io.sidestream.schemas.avro;

import io.sidestream.schemas.WriterSchemas;
import java.util.function.Predicate;

/**
 * Writes a value in the former schema where that holds all of it, so that processes and clients of
 * the release before read it; reads what {@code current} reads.
 */
record LeastSchemaCodec<T>(InputFormat<T> current, Codec<T> former, Predicate<T> fits)
    implements InputFormat<T> {
  @Override
  public byte[] encode(T value) {
    return (fits.test(value) ? former : current).encode(value);
  }

  @Override
  public T decode(byte[] bytes, WriterSchemas schemas) throws MalformedRecordException {
    return current.decode(bytes, schemas);
  }
}
