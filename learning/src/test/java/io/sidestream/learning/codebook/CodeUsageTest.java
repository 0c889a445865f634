package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.model.codes.CodebookShape;
import org.junit.jupiter.api.Test;

class CodeUsageTest {
  private static final CodebookShape SHAPE = new CodebookShape(2, 4);

  @Test
  void of_knownCodes_countsByHand() {
    CodeUsage usage = CodeUsage.of(SHAPE, new int[][] {{0, 3}, {0, 3}, {1, 3}, {2, 3}});

    assertEquals(3, usage.distinctIds());
    assertEquals(2, usage.largestBucket());
    assertEquals(0.5, usage.collisionRate());
    assertEquals(3, usage.levels().get(0).usedCodes());
    assertEquals(Math.exp(1.5 * Math.log(2)), usage.levels().get(0).perplexity(), 1e-12);
    assertEquals(1, usage.levels().get(1).perplexity(), 1e-12);
  }

  @Test
  void of_codesUsedEqually_haveTheirNumberAsPerplexity() {
    CodeUsage usage = CodeUsage.of(SHAPE, new int[][] {{1, 0}, {0, 0}});

    assertEquals(2, usage.levels().get(0).perplexity(), 1e-12);
    assertEquals(1, usage.levels().get(1).perplexity(), 1e-12);
    assertEquals(1, usage.levels().get(1).usedCodes());
  }

  @Test
  void of_noItems_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> CodeUsage.of(SHAPE, new int[0][]));
  }
}
