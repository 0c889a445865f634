package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.Neighbour;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes {@link NeighbourTotals}: outgoing, incoming, limit, the number of the best, then item
 * and count of each.
 */
final class NeighbourTotalsSerializer extends VersionedSerializer<NeighbourTotals> {
  static final NeighbourTotalsSerializer INSTANCE = new NeighbourTotalsSerializer();

  @Override
  protected void write(NeighbourTotals totals, DataOutputView out) throws IOException {
    out.writeLong(totals.outgoing());
    out.writeLong(totals.incoming());
    out.writeInt(totals.limit());
    out.writeInt(totals.best().size());
    for (Neighbour neighbour : totals.best()) {
      writeText(neighbour.item().value(), out);
      out.writeLong(neighbour.count());
    }
  }

  @Override
  protected NeighbourTotals read(DataInputView in) throws IOException {
    long outgoing = in.readLong();
    long incoming = in.readLong();
    int limit = in.readInt();
    int size = in.readInt();
    List<Neighbour> best = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      best.add(new Neighbour(new ItemId(readText(in)), in.readLong()));
    }
    return new NeighbourTotals(outgoing, incoming, limit, best);
  }
}
