package io.sidestream.ingest.flow;

import io.sidestream.schemas.avro.Codec;
import io.sidestream.schemas.avro.MalformedRecordException;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes a value in its wire form: for the few and rare ones, whose schema may grow.
 *
 * @param <T> the value
 */
public abstract class CodecSerializer<T> extends ValueSerializer<T> {
  /** Turns the value into bytes and back. */
  protected abstract Codec<T> codec();

  @Override
  public final void serialize(T value, DataOutputView out) throws IOException {
    writeBytes(codec().encode(value), out);
  }

  @Override
  public final T deserialize(DataInputView in) throws IOException {
    try {
      return codec().decode(readBytes(in));
    } catch (MalformedRecordException e) {
      throw new IOException("state holds a value that cannot be read back", e);
    }
  }
}
