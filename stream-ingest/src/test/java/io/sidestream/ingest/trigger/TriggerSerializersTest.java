package io.sidestream.ingest.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.flow.Layouts;
import org.junit.jupiter.api.Test;

class TriggerSerializersTest {
  @Test
  void itemPosition_ofVersion1_isUnchanged() throws Exception {
    ItemPosition position = new ItemPosition(3, 9);
    String version1 = "00000003" + "0000000000000009";

    assertEquals(version1, Layouts.written(ItemPositionSerializer.INSTANCE, position));
    assertEquals(position, Layouts.read(ItemPositionSerializer.INSTANCE, 1, version1));
  }

  @Test
  void partitionEvents_ofVersion1_isUnchanged() throws Exception {
    PartitionEvents events = new PartitionEvents("a", 3, 9, 4);
    String version1 = "0261" + "00000003" + "0000000000000009" + "0000000000000004";

    assertEquals(version1, Layouts.written(PartitionEventsSerializer.INSTANCE, events));
    assertEquals(events, Layouts.read(PartitionEventsSerializer.INSTANCE, 1, version1));
  }
}
