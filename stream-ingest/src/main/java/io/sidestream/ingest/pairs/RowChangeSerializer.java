package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link RowChange}: row, counts, incoming, whether it is former. */
final class RowChangeSerializer extends VersionedSerializer<RowChange> {
  static final RowChangeSerializer INSTANCE = new RowChangeSerializer();

  @Override
  protected void write(RowChange change, DataOutputView out) throws IOException {
    writeText(change.row(), out);
    CountRowSerializer.INSTANCE.serialize(change.counts(), out);
    out.writeLong(change.incoming());
    out.writeBoolean(change.former());
  }

  @Override
  protected RowChange read(DataInputView in) throws IOException {
    return new RowChange(
        readText(in), CountRowSerializer.INSTANCE.deserialize(in), in.readLong(), in.readBoolean());
  }
}
