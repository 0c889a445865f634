package io.sidestream.ingest.flow;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * What a checkpoint holds of a {@link VersionedSerializer}: its class and the version of its
 * layout. Public, for Flink makes it by reflection.
 *
 * @param <T> the value
 */
public final class VersionedSnapshot<T> implements TypeSerializerSnapshot<T> {
  /** Version of the snapshot itself, not of the layout that it names. */
  private static final int FORMAT = 1;

  private VersionedSerializer<T> serializer;

  /** For Flink, which calls {@link #readSnapshot} next. */
  @SuppressWarnings("NullAway.Init")
  public VersionedSnapshot() {}

  VersionedSnapshot(VersionedSerializer<T> serializer) {
    this.serializer = serializer;
  }

  @Override
  public int getCurrentVersion() {
    return FORMAT;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeUTF(serializer.getClass().getName());
    out.writeInt(serializer.stored());
  }

  /** State of a later version stays unreadable: the job ends, it is not restarted. */
  @Override
  public void readSnapshot(int format, DataInputView in, ClassLoader loader) throws IOException {
    if (format != FORMAT) {
      throw new SuppressRestartsException(
          new IOException("serializer snapshot has format " + format + ", expected " + FORMAT));
    }
    String name = in.readUTF();
    int version = in.readInt();
    try {
      serializer = VersionedSerializer.restore(name, version, loader);
    } catch (IOException e) {
      throw new SuppressRestartsException(e);
    }
  }

  @Override
  public VersionedSerializer<T> restoreSerializer() {
    return serializer;
  }

  /** Answers for state of any known version; {@link #readSnapshot} refused all others. */
  @Override
  public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    if (!(old instanceof VersionedSnapshot<T> that)
        || that.serializer.getClass() != serializer.getClass()) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    return that.serializer.equals(serializer)
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
  }
}
