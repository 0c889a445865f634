package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link CountRow}: number of bytes, bytes. */
final class CountRowSerializer extends VersionedSerializer<CountRow> {
  static final CountRowSerializer INSTANCE = new CountRowSerializer();

  @Override
  protected void write(CountRow row, DataOutputView out) throws IOException {
    writeBytes(row.bytes(), out);
  }

  @Override
  protected CountRow read(DataInputView in) throws IOException {
    return CountRow.ofBytes(readBytes(in));
  }
}
