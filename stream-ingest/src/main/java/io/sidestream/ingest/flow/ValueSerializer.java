package io.sidestream.ingest.flow;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Writes an immutable value as the primitives it is made of, by hand.
 *
 * @param <T> the value; immutable, so that a copy is the value itself
 */
public abstract class ValueSerializer<T> extends TypeSerializerSingleton<T> {
  @Override
  public final boolean isImmutableType() {
    return true;
  }

  /** None: only serializers that reuse instances ask for an empty one, and this one never does. */
  @Override
  public final T createInstance() {
    return null;
  }

  @Override
  public final T copy(T value) {
    return value;
  }

  @Override
  public final T copy(T value, T reuse) {
    return value;
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public final void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  /** Writes text of any length. */
  protected static void writeText(String text, DataOutputView out) throws IOException {
    StringValue.writeString(text, out);
  }

  /** The text that {@link #writeText} wrote. */
  protected static String readText(DataInputView in) throws IOException {
    return StringValue.readString(in);
  }

  /** Writes bytes after their number. */
  protected static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** The bytes that {@link #writeBytes} wrote. */
  protected static byte[] readBytes(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
