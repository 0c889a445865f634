package io.sidestream.ingest.flow;

import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes a value in its Avro wire form, which names its schema: for rare and small ones, whose
 * schema evolves with the topic's.
 *
 * @param <T> the value
 */
public abstract class CodecSerializer<T> extends VersionedSerializer<T> {
  /** Encodes and decodes the value. */
  protected abstract Codec<T> codec();

  @Override
  protected final void write(T value, DataOutputView out) throws IOException {
    writeBytes(codec().encode(value), out);
  }

  @Override
  protected final T read(DataInputView in) throws IOException {
    try {
      return codec().decode(readBytes(in));
    } catch (MalformedRecordException e) {
      throw new IOException(this + ": state holds a value that cannot be decoded", e);
    }
  }
}
