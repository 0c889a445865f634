package io.sidestream.model.codes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PerplexityTest {
  @Test
  void of_knownUses_countsByHand() {
    assertEquals(4, Perplexity.of(new int[] {3, 3, 3, 3}), 1e-12);
    assertEquals(1, Perplexity.of(new int[] {0, 9, 0}), 1e-12);
    assertEquals(Math.pow(2, 1.5), Perplexity.of(new int[] {2, 1, 1}), 1e-12);
    assertEquals(0, Perplexity.of(new int[] {0, 0}));
  }

  @Test
  void relative_fewerUsesThanCodes_isMeasuredByWhatCanBe() {
    assertEquals(1, Perplexity.relative(new int[] {1, 0, 1, 0}), 1e-12);
    assertEquals(0.5, Perplexity.relative(new int[] {2, 0, 0, 0}), 1e-12);
    assertEquals(0.25, Perplexity.relative(new int[] {8, 0, 0, 0}), 1e-12);
    assertEquals(0, Perplexity.relative(new int[] {0, 0}));
  }

  /** Above 1 by rounding, it kept generations of 5, 9, 11, 12 … items from being announced. */
  @Test
  void relative_anyNumberOfCodesUsedOnceEach_isNeverAbove1() {
    for (int codes = 1; codes <= 1024; codes++) {
      int[] uses = new int[codes];
      Arrays.fill(uses, 1);
      double relative = Perplexity.relative(uses);
      assertTrue(relative <= 1, codes + " codes: " + relative);
      assertEquals(1, relative, 1e-12);
    }
  }
}
