package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link KeyedNeighbours}: item, totals. */
final class KeyedNeighboursSerializer extends VersionedSerializer<KeyedNeighbours> {
  static final KeyedNeighboursSerializer INSTANCE = new KeyedNeighboursSerializer();

  @Override
  protected void write(KeyedNeighbours neighbours, DataOutputView out) throws IOException {
    writeText(neighbours.item(), out);
    NeighbourTotalsSerializer.INSTANCE.serialize(neighbours.totals(), out);
  }

  @Override
  protected KeyedNeighbours read(DataInputView in) throws IOException {
    return new KeyedNeighbours(readText(in), NeighbourTotalsSerializer.INSTANCE.deserialize(in));
  }
}
