package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContrastiveTargetsTest {
  @Test
  void of_sameAnchorTwice_spareEachOthersItem() {
    ContrastiveTargets contrast =
        ContrastiveTargets.of(
            List.of(7, 8, 7), new int[] {0, 1, 2}, List.of(new int[0], new int[0], new int[0]));

    assertArrayEquals(new int[][] {{2}, {}, {0}}, contrast.falseNegatives());
  }

  @Test
  void of_sameItemTwice_isNoNegativeOfItself() {
    ContrastiveTargets contrast =
        ContrastiveTargets.of(List.of(7, 8), new int[] {0, 0}, List.of(new int[0], new int[0]));

    assertArrayEquals(new int[][] {{}, {}}, contrast.falseNegatives());
  }

  @Test
  void of_partsOfTheAnchor_areNoNegatives() {
    ContrastiveTargets contrast =
        ContrastiveTargets.of(List.of(7), new int[] {1}, List.of(new int[] {3, 1, 0}));

    assertArrayEquals(new int[][] {{0, 3}}, contrast.falseNegatives());
  }

  @Test
  void mask_unheldPlaces_areFarBelowAllScores() {
    ContrastiveTargets contrast =
        ContrastiveTargets.of(List.of(7), new int[] {1}, List.of(new int[] {0}));

    assertArrayEquals(new float[] {-1e9f, 0, 0}, contrast.falseNegativeMask(3));
  }
}
