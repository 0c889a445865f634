package io.sidestream.ingest.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.flow.Layouts;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.Neighbour;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NeighbourSerializersTest {
  private static final NeighbourTotals TOTALS =
      new NeighbourTotals(
          258,
          -1,
          2,
          List.of(new Neighbour(new ItemId("é"), 3), new Neighbour(new ItemId("a"), 2)));

  /** Outgoing, incoming, limit, the number of the best, then item and count of each. */
  private static final String VERSION_1 =
      "0000000000000102"
          + "ffffffffffffffff"
          + "00000002"
          + "00000002"
          + "02e901"
          + "0000000000000003"
          + "0261"
          + "0000000000000002";

  @Test
  void layout_ofVersion1_isUnchanged() throws Exception {
    assertEquals(VERSION_1, Layouts.written(NeighbourTotalsSerializer.INSTANCE, TOTALS));
    assertEquals(TOTALS, Layouts.read(NeighbourTotalsSerializer.INSTANCE, 1, VERSION_1));
  }

  @Test
  void keyedNeighbours_areReadBack() throws Exception {
    for (Optional<Long> at : List.of(Optional.of(7L), Optional.<Long>empty())) {
      KeyedNeighbours neighbours = new KeyedNeighbours("heat", TOTALS, at);
      String written = Layouts.written(KeyedNeighboursSerializer.INSTANCE, neighbours);
      assertEquals(neighbours, Layouts.read(KeyedNeighboursSerializer.INSTANCE, 1, written));
    }
  }

  @Test
  void countChange_ofEachCase_isReadBack() throws Exception {
    for (CountChange change :
        List.of(
            new PairChange("i\ta\tb", -7),
            NeighbourChange.followed("a", "b", -900_000),
            NeighbourChange.incoming("b", 1))) {
      String written = Layouts.written(CountChangeSerializer.INSTANCE, change);
      assertEquals(change, Layouts.read(CountChangeSerializer.INSTANCE, 1, written));
    }
  }
}
