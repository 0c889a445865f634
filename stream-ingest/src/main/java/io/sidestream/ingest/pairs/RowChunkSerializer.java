package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link RowChunk}: level, counts. */
final class RowChunkSerializer extends VersionedSerializer<RowChunk> {
  static final RowChunkSerializer INSTANCE = new RowChunkSerializer();

  @Override
  protected void write(RowChunk chunk, DataOutputView out) throws IOException {
    out.writeByte(chunk.level());
    CountRowSerializer.INSTANCE.serialize(chunk.counts(), out);
  }

  @Override
  protected RowChunk read(DataInputView in) throws IOException {
    return new RowChunk(in.readByte(), CountRowSerializer.INSTANCE.deserialize(in));
  }
}
