package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link NeighbourChange}: item, whether there is a successor, successor, change. */
final class NeighbourChangeSerializer extends VersionedSerializer<NeighbourChange> {
  static final NeighbourChangeSerializer INSTANCE = new NeighbourChangeSerializer();

  @Override
  protected void write(NeighbourChange change, DataOutputView out) throws IOException {
    writeText(change.item(), out);
    out.writeBoolean(change.successor().isPresent());
    if (change.successor().isPresent()) {
      writeText(change.successor().get(), out);
    }
    out.writeLong(change.change());
  }

  @Override
  protected NeighbourChange read(DataInputView in) throws IOException {
    String item = readText(in);
    Optional<String> successor = in.readBoolean() ? Optional.of(readText(in)) : Optional.empty();
    return new NeighbourChange(item, successor, in.readLong());
  }
}
