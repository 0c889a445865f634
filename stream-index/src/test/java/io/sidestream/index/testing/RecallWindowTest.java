package io.sidestream.index.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecallWindowTest {
  @Test
  void recall_randomTests_isTheShareOfTheLastOnes() {
    long seed = Long.getLong("seed", 5);
    Random random = new Random(seed);
    RecallWindow window = new RecallWindow();
    List<Boolean> all = new ArrayList<>();
    for (int test = 0; test < 3 * RecallWindow.TESTS; test++) {
      assertEquals(expected(all), window.recall(), "seed " + seed + ", after " + test);
      boolean hit = random.nextInt(10) < test / 300;
      window.add(hit);
      all.add(hit);
    }
  }

  private static OptionalDouble expected(List<Boolean> all) {
    List<Boolean> last = all.subList(Math.max(0, all.size() - RecallWindow.TESTS), all.size());
    return last.size() < RecallWindow.LEAST
        ? OptionalDouble.empty()
        : last.stream().mapToDouble(hit -> hit ? 1 : 0).average();
  }
}
