package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import io.sidestream.schemas.UserId;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes an {@link Erasure}: topic, partition, offset, user. */
final class ErasureSerializer extends VersionedSerializer<Erasure> {
  static final ErasureSerializer INSTANCE = new ErasureSerializer();

  @Override
  protected void write(Erasure erasure, DataOutputView out) throws IOException {
    writeText(erasure.topic(), out);
    out.writeInt(erasure.partition());
    out.writeLong(erasure.offset());
    writeText(erasure.user().value(), out);
  }

  @Override
  protected Erasure read(DataInputView in) throws IOException {
    return new Erasure(readText(in), in.readInt(), in.readLong(), new UserId(readText(in)));
  }
}
