package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link PairTotal}: key, total. */
final class PairTotalSerializer extends VersionedSerializer<PairTotal> {
  static final PairTotalSerializer INSTANCE = new PairTotalSerializer();

  @Override
  protected void write(PairTotal total, DataOutputView out) throws IOException {
    writeBytes(total.key(), out);
    out.writeLong(total.total());
  }

  @Override
  protected PairTotal read(DataInputView in) throws IOException {
    return new PairTotal(readBytes(in), in.readLong());
  }
}
