package io.sidestream.ingest.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CodingTurnsTest {
  private static final long CODING = CodingTurns.CODING.toMillis();

  private final CodingTurns turns = new CodingTurns();
  private long nowMillis = 1_000_000;

  @Test
  void hasTime_fewItems_isTheShortestTime() {
    assertEquals(CODING, coded(0));
    assertEquals(CODING, coded(0));
  }

  @Test
  void hasTime_lastTurnLookedForLonger_isAsLong() {
    coded(4 * CODING);

    assertEquals(4 * CODING, coded(0));
    assertEquals(CODING, coded(0));
  }

  @Test
  void hasTime_lastTurnLookedForLongerThanItMay_isTheLongestTime() {
    coded(100 * CODING);

    assertEquals(CodingTurns.MAX_CODING.toMillis(), coded(0));
  }

  @Test
  void hasTime_clockSetBack_codesNoMore() {
    CodingTurns.Turn turn = turns.begin(() -> nowMillis);
    assertTrue(turn.hasTime());

    nowMillis -= 1;
    assertFalse(turn.hasTime());
    nowMillis += 1;
    assertFalse(turn.hasTime());
  }

  @Test
  void isDue_partOfTheTurnLater_passesOverWhatCameMeanwhile() {
    assertTrue(turns.isDue(nowMillis));
    coded(7 * CODING); // eight in all

    assertFalse(turns.isDue(nowMillis));
    assertFalse(turns.isDue(nowMillis + CODING - 1));
    assertTrue(turns.isDue(nowMillis + CODING));
    assertTrue(turns.isDue(nowMillis - 1));
  }

  /** The milliseconds that a turn codes which looks for some; an item takes one. */
  private long coded(long looksMillis) {
    CodingTurns.Turn turn = turns.begin(() -> nowMillis);
    long items = 0;
    while (turn.hasTime()) {
      items++;
      nowMillis++;
    }
    nowMillis += looksMillis;
    turn.end();
    return items;
  }
}
