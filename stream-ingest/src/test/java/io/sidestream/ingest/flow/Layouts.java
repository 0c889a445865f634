package io.sidestream.ingest.flow;

import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Bytes of serialized values, in hexadecimal digits. */
public final class Layouts {
  private Layouts() {}

  /** What a serializer writes. */
  public static <T> String written(VersionedSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return HexFormat.of().formatHex(out.getCopyOfBuffer());
  }

  /** What a serializer restored from a checkpoint reads from bytes in a version of its layout. */
  public static <T> T read(VersionedSerializer<T> serializer, int version, String bytes)
      throws IOException {
    return VersionedSerializer.<T>restore(
            serializer.getClass().getName(), version, Layouts.class.getClassLoader())
        .deserialize(new DataInputDeserializer(HexFormat.of().parseHex(bytes)));
  }
}
