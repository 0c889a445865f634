package io.sidestream.benchmarks.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpectedTotalsTest {
  private final PlainCounts plain = new PlainCounts();
  private final ExpectedTotals totals = new ExpectedTotals();
  private List<PlainCounts.Total> all;

  @BeforeEach
  void count() {
    new PairEvents(4000, 20, 300, 6, 7)
        .forEach(
            event -> {
              plain.add(event);
              totals.add(event);
            });
    all = plain.takeChanged();
  }

  @Test
  void add_morePairsThanSlotsAtFirst_countsAsAPlainMap() {
    assertTrue(plain.size() > 2048, "the table grew");
    assertEquals(plain.size(), totals.size());
    assertEquals(plain.pairs(), totals.pairs());
    all.forEach(total -> totals.commit(total.low, total.high, total.count));
    assertTrue(totals.committedEqual());
    assertEquals(plain.pairs(), totals.committedSum());
    assertEquals(plain.size(), totals.committedDistinct());
  }

  @Test
  void commit_totalThatReplacesAnother_countsTheLast() {
    PlainCounts.Total first = all.get(0);
    totals.commit(first.low, first.high, first.count + 5);
    totals.commit(first.low, first.high, first.count);
    assertEquals(first.count, totals.committedSum());
    assertEquals(1, totals.committedDistinct());
  }

  @Test
  void committedEqual_missingOrWrongTotals_isFalse() {
    assertFalse(totals.committedEqual());
    all.forEach(total -> totals.commit(total.low, total.high, total.count));
    PlainCounts.Total one = all.get(1);
    totals.commit(one.low, one.high, one.count + 1);
    assertFalse(totals.committedEqual());
  }

  @Test
  void commit_pairsThatWereNotCounted_areSeenUntilForgotten() {
    all.forEach(total -> totals.commit(total.low, total.high, total.count));
    PlainCounts.Total one = all.get(1);
    totals.commit(one.high, one.low, one.count);
    assertFalse(totals.committedEqual(), "not in the order of keys");
    totals.forgetCommitted();
    assertEquals(0, totals.committedSum());
    totals.commit("no such", "other", 1);
    all.forEach(total -> totals.commit(total.low, total.high, total.count));
    assertFalse(totals.committedEqual(), "an item that no event has");
  }
}
