package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.VersionedSerializer;
import io.sidestream.ingest.pairs.BestSuccessors.Successor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes {@link NeighbourTotals}: outgoing, incoming, limit, the number of the best, their
 * bytes. Version 1 had item and count of each in place of the bytes.
 */
final class NeighbourTotalsSerializer extends VersionedSerializer<NeighbourTotals> {
  static final NeighbourTotalsSerializer INSTANCE = new NeighbourTotalsSerializer();

  private static final int BEST_AS_BYTES = 2;

  NeighbourTotalsSerializer() {
    super(BEST_AS_BYTES);
  }

  @Override
  protected void write(NeighbourTotals totals, DataOutputView out) throws IOException {
    out.writeLong(totals.outgoing());
    out.writeLong(totals.incoming());
    out.writeInt(totals.limit());
    out.writeInt(totals.best().size());
    writeBytes(totals.best().bytes(), out);
  }

  @Override
  protected NeighbourTotals read(DataInputView in) throws IOException {
    return new NeighbourTotals(
        in.readLong(),
        in.readLong(),
        in.readInt(),
        new BestSuccessors(in.readInt(), readBytes(in)));
  }

  @Override
  protected NeighbourTotals read(int earlier, DataInputView in) throws IOException {
    long outgoing = in.readLong();
    long incoming = in.readLong();
    int limit = in.readInt();
    int size = in.readInt();
    List<Successor> best = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      best.add(new Successor(readText(in).getBytes(StandardCharsets.UTF_8), in.readLong()));
    }
    return new NeighbourTotals(outgoing, incoming, limit, BestSuccessors.of(best, limit));
  }
}
