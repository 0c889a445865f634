package io.sidestream.benchmarks.filters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.benchmarks.filters.ChangingStock.Stock;
import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiltersTest {
  private static final ItemId A = new ItemId("a");
  private static final ItemId B = new ItemId("b");

  @Test
  void mayBeIn_aChange_countsFromItsSendingAndMustAfterTheLag() {
    ChangingStock stock = new ChangingStock(10);
    stock.change(A, Stock.YES, 0);
    stock.change(A, Stock.NO, 100);
    stock.change(A, Stock.YES, 200);

    assertTrue(stock.mayBeIn(A, 50, 60));
    assertTrue(stock.mayBeIn(A, 110, 120));
    assertFalse(stock.mayBeIn(A, 111, 199));
    assertTrue(stock.mayBeIn(A, 111, 200));
    assertFalse(stock.mayBeIn(B, 0, 1_000));
    assertTrue(stock.isUnsettled(A, 110, 120));
    assertFalse(stock.isUnsettled(A, 111, 120));
  }

  @Test
  void filter_aShare_letsThroughAsManyWithTheBucket() {
    List<ItemId> items =
        IntStream.range(0, 300).mapToObj(number -> new ItemId("i" + number)).toList();
    Buckets buckets = Buckets.deal(items, 1);
    for (int share : new int[] {1, 10, 30, 50}) {
      int bucket = buckets.of().get(items.get(7));
      int first = Buckets.first(bucket, share);
      List<ItemId> within =
          items.stream().filter(item -> buckets.isWithin(item, first, share)).toList();
      assertEquals(3 * share, within.size());
      assertTrue(within.contains(items.get(7)));
      for (ItemId item : items) {
        assertEquals(
            within.contains(item),
            Buckets.filter(first, share)
                .allows(buckets.attributes(item).orElseThrow().get(Buckets.ATTRIBUTE)));
      }
    }
  }

  @Test
  void tally_cases_areComparedPairByPair() {
    Tally tally = new Tally();
    assertEquals(List.of(A), tally.answer(() -> List.of(A)));
    tally.add(A, List.of(A), List.of(B));
    tally.add(A, List.of(B, A), List.of(A, B));
    ObjectNode line = new ObjectMapper().createObjectNode();
    tally.into(line);

    assertEquals(1, line.get("recall_30").asDouble());
    assertEquals(0.5, line.get("exhaustive_recall_30").asDouble());
    assertEquals(0.5, line.get("difference").asDouble());
    assertEquals(0.3536, line.get("standard_error").asDouble());
    assertEquals(0.6667, line.get("agreement").asDouble());
  }

  /** A driver that measured nothing ended with 0. */
  @Test
  void held_noAnswerAtAll_isNot() {
    ObjectNode line = new ObjectMapper().createObjectNode();
    assertFalse(new FilteredRequests.Result(line, 0, 0).held());
    assertFalse(new FilteredRequests.Result(line, 9, 1).held());
    assertTrue(new FilteredRequests.Result(line, 9, 0).held());
  }

  @Test
  void parse_unknownOption_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> FilterOptions.parse("colour=red"));
    assertThrows(IllegalArgumentException.class, () -> FilterOptions.parse("parts=recal"));
    assertThrows(IllegalArgumentException.class, () -> FilterOptions.parse("parts="));
  }
}
