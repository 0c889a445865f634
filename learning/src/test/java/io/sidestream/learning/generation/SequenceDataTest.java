package io.sidestream.learning.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.sequence.UserSequence;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SequenceDataTest {
  private static final ItemRows ROWS = new ItemRows(List.of(item("a"), item("b")));

  @Test
  void users_oneItemAgainAndAgain_haveNothingThatCameNext() {
    List<UserSequence> users =
        SequenceData.users(
            List.of(view("u", "a", 1), view("u", "a", 2), view("v", "gone", 1), view("v", "b", 2)),
            ROWS);

    assertEquals(List.of(), users);
  }

  @Test
  void users_twoItems_haveAllTheirEventsInOrder() {
    List<UserSequence> users =
        SequenceData.users(List.of(view("u", "b", 1), view("u", "b", 2), view("u", "a", 3)), ROWS);

    assertEquals(1, users.size());
    assertArrayEquals(new int[] {1, 1, 0}, users.get(0).rows());
    assertArrayEquals(new long[] {1, 2, 3}, users.get(0).times());
  }

  private static Interaction view(String user, String item, long at) {
    return new Interaction(new UserId(user), new ItemId(item), "view", 1, Instant.ofEpochMilli(at));
  }

  private static Item item(String id) {
    return new Item(new ItemId(id), id, Map.of(), Map.of());
  }
}
