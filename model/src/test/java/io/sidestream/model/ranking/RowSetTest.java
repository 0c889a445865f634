package io.sidestream.model.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowSetTest {
  @Test
  void has_anyRows_areThoseOfASet() {
    long seed = System.nanoTime();
    System.out.println("has_anyRows_areThoseOfASet seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      int step = 1 << random.nextInt(20); // rows that differ in their upper bits alone collide most
      Set<Integer> expected = new HashSet<>();
      int[] rows = random.ints(random.nextInt(60), 0, 100).map(row -> row * step).toArray();
      for (int row : rows) {
        expected.add(row);
      }
      RowSet set = new RowSet(rows);
      for (int row = 0; row < 100; row++) {
        assertEquals(expected.contains(row * step), set.has(row * step));
      }
    }
  }

  @Test
  void has_empty_isFalse() {
    assertFalse(RowSet.EMPTY.has(0));
    assertFalse(RowSet.EMPTY.has(Integer.MAX_VALUE));
  }
}
