package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link KeyedCount}: key, total. */
final class KeyedCountSerializer extends VersionedSerializer<KeyedCount> {
  static final KeyedCountSerializer INSTANCE = new KeyedCountSerializer();

  @Override
  protected void write(KeyedCount count, DataOutputView out) throws IOException {
    writeText(count.key(), out);
    out.writeLong(count.total());
  }

  @Override
  protected KeyedCount read(DataInputView in) throws IOException {
    return new KeyedCount(readText(in), in.readLong());
  }
}
