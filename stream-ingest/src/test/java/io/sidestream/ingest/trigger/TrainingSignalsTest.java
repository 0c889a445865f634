package io.sidestream.ingest.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.flow.InboundRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TrainingSignalsTest {
  @Tag("B1")
  @Test
  void b1_requestThatCannotBeRead_isLeftToTheTrainerToReject() {
    for (byte[] value : new byte[][] {{}, {1, 2, 3}, null}) {
      InboundRecord record =
          new InboundRecord(
              "training-requests", 0, 0, Optional.empty(), Optional.ofNullable(value), List.of());
      assertEquals(Optional.empty(), TrainingSignals.requested(record));
    }
  }
}
