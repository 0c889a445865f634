package io.sidestream.ingest.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.flow.Layouts;
import io.sidestream.ingest.pairs.BestSuccessors.Successor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NeighbourSerializersTest {
  private static final NeighbourTotals TOTALS =
      new NeighbourTotals(
          258,
          -1,
          2,
          BestSuccessors.of(
              List.of(new Successor("é".getBytes(UTF_8), 3), new Successor("a".getBytes(UTF_8), 2)),
              2));

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

  /** Outgoing, incoming, limit, the number of the best, bytes of item and count of each. */
  private static final String VERSION_2 =
      "0000000000000102"
          + "ffffffffffffffff"
          + "00000002"
          + "00000002"
          + "00000007"
          + "04c3a906"
          + "026104";

  @Test
  void layout_ofEachVersion_isUnchanged() throws Exception {
    assertEquals(VERSION_2, Layouts.written(NeighbourTotalsSerializer.INSTANCE, TOTALS));
    assertEquals(TOTALS, Layouts.read(NeighbourTotalsSerializer.INSTANCE, 2, VERSION_2));
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
