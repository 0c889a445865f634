package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes a {@link CountChange}: whether it is of a pair, then the change. */
final class CountChangeSerializer extends VersionedSerializer<CountChange> {
  static final CountChangeSerializer INSTANCE = new CountChangeSerializer();

  @Override
  protected void write(CountChange change, DataOutputView out) throws IOException {
    Optional<PairChange> pair = change.fold(Optional::of, neighbour -> Optional.empty());
    Optional<NeighbourChange> neighbour = change.fold(each -> Optional.empty(), Optional::of);
    out.writeBoolean(pair.isPresent());
    if (pair.isPresent()) {
      PairChangeSerializer.INSTANCE.serialize(pair.get(), out);
    }
    if (neighbour.isPresent()) {
      NeighbourChangeSerializer.INSTANCE.serialize(neighbour.get(), out);
    }
  }

  @Override
  protected CountChange read(DataInputView in) throws IOException {
    return in.readBoolean()
        ? PairChangeSerializer.INSTANCE.deserialize(in)
        : NeighbourChangeSerializer.INSTANCE.deserialize(in);
  }
}
