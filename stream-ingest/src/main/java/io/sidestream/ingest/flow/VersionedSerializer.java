package io.sidestream.ingest.flow;

import static io.sidestream.schemas.Checks.check;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.Optional;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * Hand-written serializer of an immutable value, field by field, whose layout has a version.
 *
 * <p>To change a layout: pass the next version to the constructor, change {@link #write} and {@link
 * #read(DataInputView)}, and keep the former read as a case of {@link #read(int, DataInputView)}.
 * State written in any version from 1 on is then migrated; state of a later version is refused.
 *
 * @param <T> the value; immutable, so that a copy is the value itself
 */
public abstract class VersionedSerializer<T> extends TypeSerializerSingleton<T> {
  private static final int FIRST = 1;

  private final int version;

  /** Version of the bytes to read; another than {@link #version} only in a restored serializer. */
  private int stored;

  /** A serializer whose layout never changed. */
  protected VersionedSerializer() {
    this(FIRST);
  }

  /**
   * A serializer whose layout changed.
   *
   * @param version of the layout that {@link #write} writes, 1 or more
   */
  protected VersionedSerializer(int version) {
    check(version >= FIRST, "layout version is %d, expected %d or more", version, FIRST);
    this.version = version;
    this.stored = version;
  }

  /**
   * The serializer that reads what a checkpoint holds.
   *
   * @param name of the serializer's class
   * @param stored version of the layout in the checkpoint
   * @throws IOException when there is no such serializer, or it does not know the version
   */
  @SuppressWarnings("unchecked") // the name was written by a serializer of T
  static <T> VersionedSerializer<T> restore(String name, int stored, ClassLoader loader)
      throws IOException {
    VersionedSerializer<T> serializer;
    try {
      Constructor<?> constructor = Class.forName(name, true, loader).getDeclaredConstructor();
      constructor.setAccessible(true);
      serializer = (VersionedSerializer<T>) constructor.newInstance();
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IOException(name + ": state needs this serializer, which cannot be made", e);
    }
    if (stored < FIRST || stored > serializer.version) {
      throw new IOException(
          String.format(
              "%s: state has layout version %d, known are %d to %d",
              name, stored, FIRST, serializer.version));
    }
    serializer.stored = stored;
    return serializer;
  }

  /** Writes the value in the current layout. */
  protected abstract void write(T value, DataOutputView out) throws IOException;

  /** Reads what {@link #write} wrote. */
  protected abstract T read(DataInputView in) throws IOException;

  /**
   * Reads a value in an earlier layout.
   *
   * @param earlier version of that layout, 1 to the one before the current
   */
  protected T read(int earlier, DataInputView in) throws IOException {
    throw new IllegalStateException(this + " has no read for layout version " + earlier);
  }

  /** Version of the bytes that this serializer reads. */
  final int stored() {
    return stored;
  }

  @Override
  public final void serialize(T value, DataOutputView out) throws IOException {
    if (stored != version) {
      throw new IllegalStateException(this + " is for reading only");
    }
    write(value, out);
  }

  @Override
  public final T deserialize(DataInputView in) throws IOException {
    return stored == version ? read(in) : read(stored, in);
  }

  @Override
  public final T deserialize(T reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public final TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new VersionedSnapshot<>(this);
  }

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  /** None: only serializers that reuse instances need an empty one, and this one never does. */
  @Override
  public final @Nullable T createInstance() {
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
  public final void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof VersionedSerializer<?> that
        && getClass() == that.getClass()
        && stored == that.stored;
  }

  @Override
  public final int hashCode() {
    return super.hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getName() + ", layout version " + stored;
  }

  /** Writes text of any length. */
  protected static void writeText(String text, DataOutputView out) throws IOException {
    StringValue.writeString(text, out);
  }

  /** Reads what {@link #writeText} wrote. */
  protected static String readText(DataInputView in) throws IOException {
    return StringValue.readString(in);
  }

  /** Writes bytes after their length. */
  protected static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Reads what {@link #writeBytes} wrote. */
  protected static byte[] readBytes(DataInputView in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  /** Writes whether there are bytes, then the bytes. */
  protected static void writeOptional(Optional<byte[]> bytes, DataOutputView out)
      throws IOException {
    out.writeBoolean(bytes.isPresent());
    if (bytes.isPresent()) {
      writeBytes(bytes.get(), out);
    }
  }

  /** Reads what {@link #writeOptional} wrote. */
  protected static Optional<byte[]> readOptional(DataInputView in) throws IOException {
    return in.readBoolean() ? Optional.of(readBytes(in)) : Optional.empty();
  }
}
