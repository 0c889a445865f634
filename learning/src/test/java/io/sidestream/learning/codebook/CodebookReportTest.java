package io.sidestream.learning.codebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.ResidualCodebook;
import org.junit.jupiter.api.Test;

class CodebookReportTest {
  private static final ResidualCodebook CODEBOOK =
      new ResidualCodebook(new CodebookShape(2, 2), 1, new float[][] {{-4, 4}, {-1, 1}});

  @Test
  void of_knownCodes_countsByHand() {
    float[][] vectors = {{3}, {3}, {5}, {-6}};
    int[][] codes = {{1, 0}, {1, 0}, {1, 1}, {0, 0}};

    CodebookReport report = CodebookReport.of(CODEBOOK, vectors, codes);

    assertEquals(4, report.items());
    assertEquals(3, report.distinctIds());
    assertEquals(2, report.largestBucket());
    assertEquals(0.5, report.collidedShare());
    assertEquals(7.0 / 79, report.levels().get(0).residualEnergy(), 1e-12);
    assertEquals(1.0 / 79, report.levels().get(1).residualEnergy(), 1e-12);
    assertEquals(2, report.levels().get(1).usedCodes());
  }

  @Test
  void of_oneCodeForAll_hasPerplexityOne() {
    CodebookReport report =
        CodebookReport.of(CODEBOOK, new float[][] {{3}, {3}}, new int[][] {{1, 0}, {1, 0}});

    assertEquals(1, report.levels().get(0).perplexity(), 1e-12);
    assertEquals(1, report.levels().get(0).usedCodes());
  }

  @Test
  void of_codesUsedEqually_haveTheirNumberAsPerplexity() {
    CodebookReport report =
        CodebookReport.of(CODEBOOK, new float[][] {{3}, {-5}}, new int[][] {{1, 0}, {0, 0}});

    assertEquals(2, report.levels().get(0).perplexity(), 1e-12);
  }
}
