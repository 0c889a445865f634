package io.sidestream.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StableHashTest {
  private static final int USERS = 20_000;

  /** Of another implementation: whom a seed chooses must not change between builds. */
  @Test
  void of_knownTexts_staysAsItWas() {
    assertEquals(0xf52a15e9a9b5e89bL, StableHash.of("", 0));
    assertEquals(0xeb97ee09c48a744fL, StableHash.of("user-1", 1));
    assertEquals(0x58b6ffd7a7c5f07bL, StableHash.of("é\uD83D\uDE00", -7));
  }

  /** Four standard deviations of a binomial draw. */
  @Test
  void unit_consecutiveIds_fillsEachShareEvenly() {
    for (double share : new double[] {0.01, 0.1, 0.5, 0.9}) {
      double allowed = 4 * Math.sqrt(USERS * share * (1 - share));
      assertEquals(USERS * share, chosen(share, 1), allowed, "share " + share);
    }
  }

  @Test
  void unit_anotherSeed_choosesIndependently() {
    long both =
        IntStream.range(0, USERS)
            .filter(user -> within(user, 0.1, 1) && within(user, 0.1, 2))
            .count();
    assertEquals(USERS * 0.01, both, 4 * Math.sqrt(USERS * 0.01 * 0.99));
    assertTrue(IntStream.range(0, USERS).allMatch(user -> within(user, 1, 1)), "below 1");
  }

  private static long chosen(double share, long seed) {
    return IntStream.range(0, USERS).filter(user -> within(user, share, seed)).count();
  }

  private static boolean within(int user, double share, long seed) {
    return StableHash.unit("user-" + user, seed) < share;
  }
}
