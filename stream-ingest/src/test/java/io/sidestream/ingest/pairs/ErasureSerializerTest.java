package io.sidestream.ingest.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.flow.Layouts;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErasureSerializerTest {
  private static final Erasure ERASURE = new Erasure("é", 3, 258, new UserId("ann"));

  /** Topic, partition, offset, user: erasures being worked on are part of a checkpoint. */
  private static final String VERSION_1 = "02e901" + "00000003" + "0000000000000102" + "04616e6e";

  @Test
  void layout_ofVersion1_isUnchanged() throws Exception {
    assertEquals(VERSION_1, Layouts.written(ErasureSerializer.INSTANCE, ERASURE));
    assertEquals(ERASURE, Layouts.read(ErasureSerializer.INSTANCE, 1, VERSION_1));
  }

  @Test
  void userEvent_withAndWithoutInteraction_isReadBack() throws Exception {
    for (Optional<CountedInteraction> interaction :
        List.of(
            Optional.of(new CountedInteraction(new ItemInteraction(new ItemId("a"), -1), -100)),
            Optional.<CountedInteraction>empty())) {
      UserEvent event = new UserEvent(new UserId("ann"), interaction);
      String written = Layouts.written(UserEventSerializer.INSTANCE, event);
      assertEquals(event, Layouts.read(UserEventSerializer.INSTANCE, 2, written));
    }
  }

  @Test
  void userEvent_ofTheFirstLayout_weighsOne() throws Exception {
    ItemInteraction interaction = new ItemInteraction(new ItemId("a"), 7);
    assertEquals(
        new UserEvent(new UserId("ann"), Optional.of(new CountedInteraction(interaction, 1))),
        Layouts.read(
            UserEventSerializer.INSTANCE, 1, "04616e6e" + "01" + "0261" + "0000000000000007"));
  }

  @Test
  void pairChange_belowZero_isReadBack() throws Exception {
    PairChange change = new PairChange("i\ta\tb", -7);
    String written = Layouts.written(PairChangeSerializer.INSTANCE, change);
    assertEquals(change, Layouts.read(PairChangeSerializer.INSTANCE, 1, written));
  }
}
