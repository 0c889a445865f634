package io.sidestream.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
  /** What ends the process, caught. */
  private static final class Ended extends RuntimeException {
    final int code;

    Ended(int code) {
      super("process ended");
      this.code = code;
    }
  }

  private final Faults faults = new Faults();
  private final FaultHandler handler = faults.build("metadata loading", true, () -> {});

  @BeforeEach
  void catchTheEnd() {
    Exit.setExitProcedure(FaultsTest::end);
    Exit.setHaltProcedure(FaultsTest::end);
  }

  @AfterEach
  void letItEnd() {
    Exit.resetExitProcedure();
    Exit.resetHaltProcedure();
  }

  @Test
  void handleFault_whileStarting_isGivenToTheCaller() {
    RuntimeException fault = handler.handleFault("no image", new IllegalStateException("why"));

    assertEquals("metadata loading: no image", fault.getMessage());
  }

  @Test
  void handleFault_fatalWhileRunning_endsTheProcess() {
    faults.running();

    Ended ended = assertThrows(Ended.class, () -> handler.handleFault("no image", null));

    assertEquals(1, ended.code);
  }

  private static void end(int code, String message) {
    throw new Ended(code);
  }
}
