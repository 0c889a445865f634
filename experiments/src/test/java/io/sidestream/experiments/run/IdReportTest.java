package io.sidestream.experiments.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.model.codes.CodebookShape;
import org.junit.jupiter.api.Test;

class IdReportTest {
  @Test
  void of_idsSharedAndNot_countsBucketsAndUses() {
    int[][] codes = {{0, 1}, {0, 1}, {0, 2}, {5, 1}};
    IdReport report = IdReport.of(new CodebookShape(2, 8), codes);
    assertArrayEquals(new int[] {2, 1}, report.buckets());
    assertArrayEquals(new int[] {3, 1}, report.uses().get(0));
    assertArrayEquals(new int[] {3, 1}, report.uses().get(1));
    assertEquals(3, report.usage().distinctIds());
    assertEquals(0.5, report.usage().collisionRate());
  }
}
