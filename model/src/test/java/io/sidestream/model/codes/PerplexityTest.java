package io.sidestream.model.codes;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
