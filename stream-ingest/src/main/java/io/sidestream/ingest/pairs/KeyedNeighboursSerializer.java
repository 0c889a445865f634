package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link KeyedNeighbours}: key, totals, whether there is a time, milliseconds. */
final class KeyedNeighboursSerializer extends VersionedSerializer<KeyedNeighbours> {
  static final KeyedNeighboursSerializer INSTANCE = new KeyedNeighboursSerializer();

  @Override
  protected void write(KeyedNeighbours neighbours, DataOutputView out) throws IOException {
    writeText(neighbours.key(), out);
    NeighbourTotalsSerializer.INSTANCE.serialize(neighbours.totals(), out);
    out.writeBoolean(neighbours.eventMillis().isPresent());
    if (neighbours.eventMillis().isPresent()) {
      out.writeLong(neighbours.eventMillis().get());
    }
  }

  @Override
  protected KeyedNeighbours read(DataInputView in) throws IOException {
    String key = readText(in);
    NeighbourTotals totals = NeighbourTotalsSerializer.INSTANCE.deserialize(in);
    return new KeyedNeighbours(
        key, totals, in.readBoolean() ? Optional.of(in.readLong()) : Optional.empty());
  }
}
