package io.sidestream.schemas.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.ItemId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClickedItemsTest {
  private static final ItemId A = new ItemId("a");
  private static final ItemId B = new ItemId("b");

  @Test
  void of_clicks_listsTheMostFirstAndSumsAll() {
    ClickedItems clicked = ClickedItems.of(Map.of(A, 2L, B, 2L, new ItemId("c"), 5L));
    assertEquals(9, clicked.clicks());
    assertEquals(
        List.of(new ClickedItem(new ItemId("c"), 5), new ClickedItem(A, 2), new ClickedItem(B, 2)),
        clicked.best());
    assertFalse(clicked.isEmpty());
    assertTrue(ClickedItems.of(Map.of()).isEmpty());
  }

  @Test
  void of_moreItemsThanTheLimit_leavesOutThoseClickedLeast() {
    Map<ItemId, Long> clicks = new HashMap<>();
    for (long i = 1; i <= ClickedItems.MAX_BEST + 1; i++) {
      clicks.put(new ItemId("item " + i), i);
    }
    ClickedItems clicked = ClickedItems.of(clicks);
    assertEquals(ClickedItems.MAX_BEST, clicked.best().size());
    assertEquals(2, clicked.best().get(ClickedItems.MAX_BEST - 1).clicks());
    assertEquals(clicks.values().stream().mapToLong(Long::longValue).sum(), clicked.clicks());
  }

  @Test
  void clickCounts_addedPairs_areSummedByQueryAndItem() {
    ClickCounts counts = new ClickCounts();
    counts.add(Pair.QueryItem.of("A  heist", A), 1);
    counts.add(Pair.QueryItem.of("a heist", B), 2);
    counts.add(Pair.QueryItem.of("a heist", A), 3);
    assertEquals(ClickedItems.of(Map.of(A, 4L, B, 2L)), counts.of("a heist"));
    assertTrue(counts.of("another").isEmpty());
    assertEquals(Map.of("a heist", counts.of("a heist")), counts.all());
  }

  @Test
  void new_outOfOrderOrNegativeOrTooMany_isRefused() {
    ClickedItem one = new ClickedItem(A, 1);
    ClickedItem more = new ClickedItem(B, 2);
    assertThrows(IllegalArgumentException.class, () -> new ClickedItems(3, List.of(one, more)));
    assertThrows(IllegalArgumentException.class, () -> new ClickedItems(3, List.of(one, one)));
    assertThrows(IllegalArgumentException.class, () -> new ClickedItems(-1, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new ClickedItem(A, 0));
    List<ClickedItem> tooMany =
        IntStream.rangeClosed(0, ClickedItems.MAX_BEST)
            .mapToObj(i -> new ClickedItem(new ItemId("item " + (1000 + i)), 1))
            .toList();
    assertThrows(IllegalArgumentException.class, () -> new ClickedItems(300, tooMany));
  }
}
