package io.sidestream.gateway.follow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the gateway keeps of the topics is bounded. */
class BoundsTest {
  @Test
  void titles_oneTooMany_dropsTheOneThatChangedFirst() {
    Titles titles = new Titles(2);
    titles.put(item(1), "one");
    titles.put(item(2), "two");
    titles.put(item(1), "one again");
    titles.put(item(3), "x".repeat(Titles.MAX_CHARACTERS + 1));

    assertEquals(Optional.empty(), titles.of(item(2)));
    assertEquals(Optional.of("one again"), titles.of(item(1)));
    assertEquals(Titles.MAX_CHARACTERS, titles.of(item(3)).orElseThrow().length());
    assertEquals(2, titles.size());
  }

  @Test
  void users_oneTooMany_dropsTheOneWhoseInteractionIsOldest() {
    RecentUsers users = new RecentUsers();
    for (int user = 0; user <= RecentUsers.MAX_USERS; user++) {
      users.take(view(user, 0));
    }
    for (int i = 0; i <= RecentUsers.MAX_ITEMS; i++) {
      users.take(view(1, i));
    }
    users.take(view(1, 5));

    assertEquals(RecentUsers.MAX_USERS, users.newest().size());
    assertEquals(new UserId("u1"), users.newest().get(0).user());
    List<ItemId> items = users.newest().get(0).items();
    assertEquals(RecentUsers.MAX_ITEMS, items.size());
    assertEquals(item(5), items.get(items.size() - 1));
    users.erase(new UserId("u1"));
    assertEquals(RecentUsers.MAX_USERS - 1, users.newest().size());
  }

  private static ItemId item(int number) {
    return new ItemId("i" + number);
  }

  private static Interaction view(int user, int number) {
    return new Interaction(new UserId("u" + user), item(number), "view", 1, Instant.EPOCH);
  }
}
