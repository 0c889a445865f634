package io.sidestream.trainer.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContrastTest {
  @Test
  void of_sameAnchorTwice_spareEachOthersItem() {
    Contrast contrast =
        Contrast.of(
            List.of(7, 8, 7), new int[] {0, 1, 2}, List.of(new int[0], new int[0], new int[0]));

    assertArrayEquals(new int[][] {{2}, {}, {0}}, contrast.unheld());
  }

  @Test
  void of_sameItemTwice_isNoNegativeOfItself() {
    Contrast contrast =
        Contrast.of(List.of(7, 8), new int[] {0, 0}, List.of(new int[0], new int[0]));

    assertArrayEquals(new int[][] {{}, {}}, contrast.unheld());
  }

  @Test
  void of_partsOfTheAnchor_areNoNegatives() {
    Contrast contrast = Contrast.of(List.of(7), new int[] {1}, List.of(new int[] {3, 1, 0}));

    assertArrayEquals(new int[][] {{0, 3}}, contrast.unheld());
  }

  @Test
  void mask_unheldPlaces_areFarBelowAllScores() {
    Contrast contrast = Contrast.of(List.of(7), new int[] {1}, List.of(new int[] {0}));

    assertArrayEquals(new float[] {-1e9f, 0, 0}, contrast.mask(3));
  }
}
