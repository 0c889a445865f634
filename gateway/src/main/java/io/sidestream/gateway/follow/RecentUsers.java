package io.sidestream.gateway.follow;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The users of the newest interactions, and their newest items. Thread-safe. */
public final class RecentUsers {
  /** Most users that are kept. */
  public static final int MAX_USERS = 50;

  /** Most items that are kept of a user. */
  public static final int MAX_ITEMS = 20;

  private final Map<UserId, List<ItemId>> items = new LinkedHashMap<>();

  /** A user, and the newest different items, oldest first. */
  public record Recent(UserId user, List<ItemId> items) {
    public Recent {
      items = List.copyOf(items);
    }
  }

  /** The users, the one of the newest interaction first. */
  public synchronized List<Recent> newest() {
    List<Recent> all = new ArrayList<>();
    items.forEach((user, own) -> all.add(new Recent(user, own)));
    Collections.reverse(all);
    return all;
  }

  synchronized void take(Interaction interaction) {
    List<ItemId> own = items.remove(interaction.user());
    List<ItemId> next = own == null ? new ArrayList<>() : own;
    next.remove(interaction.item());
    next.add(interaction.item());
    if (next.size() > MAX_ITEMS) {
      next.remove(0);
    }
    items.put(interaction.user(), next);
    if (items.size() > MAX_USERS) {
      items.remove(items.keySet().iterator().next());
    }
  }

  synchronized void erase(UserId user) {
    items.remove(user);
  }
}
