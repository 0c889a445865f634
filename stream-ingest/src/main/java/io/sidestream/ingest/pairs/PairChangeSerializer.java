package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link PairChange}: key, change. */
final class PairChangeSerializer extends VersionedSerializer<PairChange> {
  static final PairChangeSerializer INSTANCE = new PairChangeSerializer();

  @Override
  protected void write(PairChange change, DataOutputView out) throws IOException {
    writeText(change.key(), out);
    out.writeLong(change.change());
  }

  @Override
  protected PairChange read(DataInputView in) throws IOException {
    return new PairChange(readText(in), in.readLong());
  }
}
