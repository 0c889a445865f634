package io.sidestream.ingest.coding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.flow.Layouts;
import io.sidestream.schemas.ItemId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ItemEventSerializerTest {
  /** Id, partition, offset. */
  private static final String COORDINATES = "0261" + "00000003" + "0000000000000009";

  @Test
  void layout_ofVersion1_isUnchanged() throws Exception {
    ItemEvent event = new ItemEvent(new ItemId("a"), 3, 9, Optional.of(new byte[] {5, 6}));
    String version1 = COORDINATES + "01" + "00000002" + "0506";

    assertEquals(version1, Layouts.written(ItemEventSerializer.INSTANCE, event));
    ItemEvent read = Layouts.read(ItemEventSerializer.INSTANCE, 1, version1);
    assertEquals(new ItemId("a"), read.item());
    assertEquals(3, read.partition());
    assertEquals(9, read.offset());
    assertArrayEquals(new byte[] {5, 6}, read.value().orElseThrow());
  }

  @Test
  void layout_ofVersion1WithoutValue_isUnchanged() throws Exception {
    ItemEvent removed = new ItemEvent(new ItemId("a"), 3, 9, Optional.empty());
    String version1 = COORDINATES + "00";

    assertEquals(version1, Layouts.written(ItemEventSerializer.INSTANCE, removed));
    assertEquals(removed, Layouts.read(ItemEventSerializer.INSTANCE, 1, version1));
  }
}
