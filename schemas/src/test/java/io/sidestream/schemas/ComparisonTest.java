package io.sidestream.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
  private static final Generation CANDIDATE = new Generation(7);
  private static final int USERS = 20_000;

  /** Of a binomial distribution, whichever ids users have. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5, 0.9})
  void armOf_manyUsers_givesTheCandidateItsShare(double share) {
    for (String prefix : new String[] {"u", "user-", "00000000-"}) {
      long found =
          IntStream.range(0, USERS).filter(i -> isCandidate(CANDIDATE, share, prefix + i)).count();
      double deviation = Math.sqrt(USERS * share * (1 - share));
      assertTrue(
          Math.abs(found - USERS * share) < 4.5 * deviation,
          found + " of " + USERS + " users, expected a share of " + share);
    }
  }

  @Test
  void armOf_shareOfNoneOrAll_isNoUserOrEachOne() {
    for (int i = 0; i < USERS; i++) {
      assertEquals(Arm.LIVE, arm(CANDIDATE, 0, "u" + i));
      assertEquals(Arm.CANDIDATE, arm(CANDIDATE, 1, "u" + i));
    }
  }

  @Test
  void armOf_greaterShare_keepsThoseOfASmallerOne() {
    for (int i = 0; i < USERS; i++) {
      String user = "u" + i;
      assertTrue(!isCandidate(CANDIDATE, 0.1, user) || isCandidate(CANDIDATE, 0.2, user), user);
    }
  }

  /** Else the same users would have every candidate. */
  @Test
  void armOf_anotherCandidate_isIndependent() {
    long both =
        IntStream.range(0, USERS)
            .filter(i -> isCandidate(CANDIDATE, 0.1, "u" + i))
            .filter(i -> isCandidate(new Generation(8), 0.1, "u" + i))
            .count();
    assertTrue(Math.abs(both - USERS * 0.01) < 4.5 * Math.sqrt(USERS * 0.01), both + " users");
  }

  /** What the guide lets others compute, in another language: it must never change. */
  @Test
  void armOf_knownUsers_isOnRecord() {
    assertEquals(0x49915E0D7D4B402EL, unit("ann"));
    StringBuilder arms = new StringBuilder();
    for (String user : new String[] {"ann", "bob", "cy", "dee", "eve", "flo", "gus", "热"}) {
      arms.append(isCandidate(CANDIDATE, 0.5, user) ? 'c' : 'l');
    }
    assertEquals("lllllccl", arms.toString());
  }

  @Test
  void comparison_shareBeyondItsRange_isRefused() {
    for (double share : new double[] {-0.01, 1.01, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Comparison(CANDIDATE, share));
    }
    assertThrows(IllegalArgumentException.class, () -> Arm.of("both"));
    assertThrows(IllegalArgumentException.class, () -> GenerationDecision.Action.of("delete"));
  }

  private static boolean isCandidate(Generation candidate, double share, String user) {
    return arm(candidate, share, user) == Arm.CANDIDATE;
  }

  private static Arm arm(Generation candidate, double share, String user) {
    return new Comparison(candidate, share).armOf(unit(user));
  }

  private static long unit(String user) {
    return Comparison.unit(user.getBytes(StandardCharsets.UTF_8));
  }
}
