package io.sidestream.ingest.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // harnesses close with any Exception
class CoalescingUntilBarrierTest {
  @Test
  void processElement_beforeBarrier_holdsBack() throws Exception {
    try (var harness = lastByFirstLetter()) {
      harness.processElement("a1", 0);

      assertEquals(List.of(), harness.extractOutputValues());
    }
  }

  @Test
  void prepareSnapshotPreBarrier_severalOfOneKey_sendsOneMerged() throws Exception {
    try (var harness = lastByFirstLetter()) {
      harness.processElement("a1", 0);
      harness.processElement("b1", 0);
      harness.processElement("a2", 0);
      harness.prepareSnapshotPreBarrier(1);
      harness.prepareSnapshotPreBarrier(2);

      assertEquals(List.of("a2", "b1"), harness.extractOutputValues());
    }
  }

  @Test
  void finish_holding_sendsAll() throws Exception {
    try (var harness = lastByFirstLetter()) {
      harness.processElement("a1", 0);
      harness.endInput();
      harness.getOneInputOperator().finish();

      assertEquals(List.of("a1"), harness.extractOutputValues());
    }
  }

  @Test
  void processElement_moreKeysThanHeld_sendsAll() throws Exception {
    var operator = new CoalescingUntilBarrier<String>(value -> value, (earlier, later) -> later);
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(operator, StringSerializer.INSTANCE)) {
      harness.open();
      for (int i = 0; i < CoalescingUntilBarrier.MAX_KEYS; i++) {
        assertEquals(0, harness.getOutput().size());
        harness.processElement(Integer.toString(i), 0);
      }

      assertEquals(CoalescingUntilBarrier.MAX_KEYS, harness.getOutput().size());
    }
  }

  private static OneInputStreamOperatorTestHarness<String, String> lastByFirstLetter()
      throws Exception {
    var operator =
        new CoalescingUntilBarrier<String>(
            value -> value.substring(0, 1), (earlier, later) -> later);
    var harness = new OneInputStreamOperatorTestHarness<>(operator, StringSerializer.INSTANCE);
    harness.open();
    return harness;
  }
}
