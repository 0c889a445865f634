package io.sidestream.learning.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParityTest {
  @ParameterizedTest
  @EnumSource(Parity.class)
  void checked_atTheLimit_passes(Parity parity) {
    assertEquals(parity.most(), parity.checked(parity.most()));
  }

  @Test
  void checked_beyondTheLimit_isRefused() {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> Parity.GENERATOR.checked(0.02));
    assertEquals(
        "generator differs by 2.0e-02 between training and runtime, expected at most 1.0e-02",
        refused.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Parity.class)
  void checked_noNumber_isRefused(Parity parity) {
    assertThrows(IllegalStateException.class, () -> parity.checked(Double.NaN));
  }
}
