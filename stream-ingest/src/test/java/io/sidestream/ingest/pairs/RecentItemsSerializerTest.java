package io.sidestream.ingest.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.flow.Layouts;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.EventsInHour;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentItemsSerializerTest {
  private static final RecentItems RECENT =
      new RecentItems(
          List.of(
              new ItemInteraction(new ItemId("a"), 258), new ItemInteraction(new ItemId("é"), -1)));

  /** The number of interactions, then item and milliseconds of each. */
  private static final String VERSION_1 =
      "0002" + "0261" + "0000000000000102" + "02e901" + "ffffffffffffffff";

  @Test
  void layout_ofVersion1_isUnchanged() throws Exception {
    assertEquals(VERSION_1, Layouts.written(RecentItemsSerializer.INSTANCE, RECENT));
    assertEquals(RECENT, Layouts.read(RecentItemsSerializer.INSTANCE, 1, VERSION_1));
  }

  /** The hour, then how many interactions counted in it. */
  @Test
  void layout_ofEventsInHour_isUnchanged() throws Exception {
    String layout = "00000000000000ff" + "00000102";
    EventsInHour events = new EventsInHour(255, 258);
    assertEquals(layout, Layouts.written(EventsInHourSerializer.INSTANCE, events));
    assertEquals(events, Layouts.read(EventsInHourSerializer.INSTANCE, 1, layout));
  }
}
