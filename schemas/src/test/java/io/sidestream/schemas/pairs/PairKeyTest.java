package io.sidestream.schemas.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.NormalizedQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairKeyTest {
  private static final ItemId HEAT = new ItemId("heat/1995 q");
  private static final ItemId RONIN = new ItemId("ronin");

  @Test
  void of_eachCase_isTextWithTabs() {
    assertEquals("i\theat/1995 q\tronin", PairKey.of(Pair.ItemItem.of(RONIN, HEAT)));
    assertEquals("q\tronin\ta heist", PairKey.of(new Pair.QueryItem("a heist", RONIN)));
  }

  @Test
  void parse_keyOfAPair_isThePair() {
    Pair items = Pair.ItemItem.of(HEAT, RONIN);
    Pair query = new Pair.QueryItem(NormalizedQuery.of(" i\tRonin\n1998 "), HEAT);

    assertEquals(items, PairKey.parse(PairKey.of(items)));
    assertEquals(query, PairKey.parse(PairKey.of(query)));
  }

  @Test
  void parse_anythingElse_isRefused() {
    for (String key : new String[] {"", "i", "i\ta", "x\ta\tb", "i\tb\ta", "q\ta\t"}) {
      assertThrows(IllegalArgumentException.class, () -> PairKey.parse(key), key);
    }
  }

  @Test
  void row_andEntryOfAKey_makeTheKey() {
    for (String key : List.of("i\ta\tb", "q\titem 1\tthe matrix")) {
      assertEquals(key, PairKey.row(key) + "\t" + PairKey.entry(key));
    }
    assertEquals("i\ta", PairKey.row("i\ta\tb"));
    assertEquals("i\ta", PairKey.rowOfItems("a"));
    assertThrows(IllegalArgumentException.class, () -> PairKey.row("i\ta"));
  }
}
