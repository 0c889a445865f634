package io.sidestream.rehearsal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalResultTest {
  /** The command ended with 0 whatever had failed. */
  @Test
  void held_failedMixedOrNoRequests_doesNot() {
    assertTrue(result(10, 0, 0).held());
    assertFalse(result(10, 1, 0).held());
    assertFalse(result(10, 0, 1).held());
    assertFalse(result(0, 0, 0).held());
  }

  private static RehearsalResult result(int requests, int failed, int mixed) {
    return new RehearsalResult(List.of(), List.of(), List.of(), requests, failed, mixed);
  }
}
