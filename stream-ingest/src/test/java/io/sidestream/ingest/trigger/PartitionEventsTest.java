package io.sidestream.ingest.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.schemas.CorpusOffsets;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PartitionEventsTest {
  private static final CorpusOffsets NOTHING = new CorpusOffsets(Map.of());

  @Test
  void with_recordsBehindTheCorpus_areNotCounted() {
    PartitionEvents events = PartitionEvents.none("t", 0).with(seen(10, 10), corpus(10));

    assertEquals(0, events.uncovered());
    assertEquals(3, events.with(seen(13, 3), corpus(10)).uncovered());
  }

  @Test
  void with_recordsAcrossTheEndOfTheCorpus_countsThoseAfterIt() {
    assertEquals(4, PartitionEvents.none("t", 0).with(seen(14, 14), corpus(10)).uncovered());
  }

  @Test
  void after_requestWhoseCorpusEndsBehindWhatWasSeen_leavesTheRest() {
    PartitionEvents events = PartitionEvents.none("t", 0).with(seen(14, 14), NOTHING);

    assertEquals(4, events.after(corpus(10)).uncovered());
  }

  @Test
  void fresh_requestAndRecordsInAnyOrder_isTheSame() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 1_000; round++) {
      long end = random.nextLong(0, 30);
      long requestAfter = random.nextLong(0, 31);
      PartitionEvents events = PartitionEvents.none("t", 0);
      for (long offset = 0; offset < 30; offset++) {
        if (offset == requestAfter) {
          events = events.after(corpus(end));
        }
        events = events.with(seen(offset + 1, 1), offset >= requestAfter ? corpus(end) : NOTHING);
      }
      if (requestAfter == 30) {
        events = events.after(corpus(end));
      }

      assertEquals(30 - end, events.uncovered(), "round " + round);
    }
  }

  private static EventsSeen seen(long next, long records) {
    return new EventsSeen("t", 0, next, records);
  }

  private static CorpusOffsets corpus(long end) {
    return new CorpusOffsets(Map.of("t", Map.of(0, end)));
  }
}
