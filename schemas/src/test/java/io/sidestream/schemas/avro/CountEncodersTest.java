package io.sidestream.schemas.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ClickedItem;
import io.sidestream.schemas.pairs.ClickedItems;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.Neighbour;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import io.sidestream.schemas.pairs.PairKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountEncodersTest {
  @Test
  void pairCount_fromItsKey_isWhatTheCodecWrites() {
    for (Pair pair :
        List.of(
            Pair.ItemItem.of(new ItemId("item 1"), new ItemId("é" + "x".repeat(200))),
            Pair.QueryItem.of("the  Matrix", new ItemId("a")))) {
      for (long total : List.of(1L, 64L, 1L << 40)) {
        assertArrayEquals(
            Codecs.pairCount().encode(new PairCount(pair, total)),
            PairCountEncoder.encode(PairKey.of(pair).getBytes(UTF_8), total),
            pair.toString());
      }
    }
  }

  @Test
  void itemNeighbours_fromBytes_areWhatTheCodecWrites() {
    List<Neighbour> best =
        List.of(new Neighbour(new ItemId("é"), 300), new Neighbour(new ItemId("a"), 2));
    for (int size : List.of(0, 1, 2)) {
      AvroBytes bytes = new AvroBytes(1);
      for (Neighbour each : best.subList(0, size)) {
        byte[] item = each.item().value().getBytes(UTF_8);
        bytes.string(item, 0, item.length);
        bytes.number(each.count());
      }
      assertArrayEquals(
          Codecs.itemNeighbours().encode(new ItemNeighbours(1L << 50, 0, best.subList(0, size))),
          ItemNeighboursEncoder.encode(1L << 50, 0, size, bytes.take()));
    }
  }

  @Test
  void clickedItems_fromBytes_areWhatTheCodecWrites() {
    List<ClickedItem> best =
        List.of(new ClickedItem(new ItemId("é"), 300), new ClickedItem(new ItemId("a"), 2));
    for (int size : List.of(0, 1, 2)) {
      AvroBytes bytes = new AvroBytes(1);
      for (ClickedItem each : best.subList(0, size)) {
        byte[] item = each.item().value().getBytes(UTF_8);
        bytes.string(item, 0, item.length);
        bytes.number(each.clicks());
      }
      assertArrayEquals(
          Codecs.clickedItems().encode(new ClickedItems(1L << 50, best.subList(0, size))),
          ClickedItemsEncoder.encode(1L << 50, size, bytes.take()));
    }
  }

  @Test
  void encode_totalBelowItsLimit_isRefused() {
    byte[] key = "i\ta\tb".getBytes(UTF_8);
    assertThrows(IllegalArgumentException.class, () -> PairCountEncoder.encode(key, 0));
    assertThrows(
        IllegalArgumentException.class, () -> ItemNeighboursEncoder.encode(-1, 0, 0, new byte[0]));
    assertThrows(
        IllegalArgumentException.class, () -> ClickedItemsEncoder.encode(-1, 0, new byte[0]));
  }
}
