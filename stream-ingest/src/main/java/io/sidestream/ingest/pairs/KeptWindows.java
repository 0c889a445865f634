package io.sidestream.ingest.pairs;

import io.sidestream.schemas.pairs.RecentItems;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ValueState;

/**
 * The windows of users in Flink's state; those that events changed are written with the barrier.
 */
final class KeptWindows {
  /*
   * A user's events come together. On disk each would read and write the whole window, as text: so
   * a window stays in memory until the barrier, and after it, as state has it, until many are
   * there. Exact as state is: a checkpoint finds all written, and after a failure the events since
   * are replayed.
   */

  /** Most items of the windows in memory; reaching it writes and forgets them. */
  static final int MAX_ITEMS = 200_000;

  private final ValueState<RecentItems> state;
  private final Consumer<String> setKey;
  private final int maxItems;
  private final Map<String, RecentItems> windows = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private int items;

  /**
   * @param setKey makes a user the current key
   */
  KeptWindows(ValueState<RecentItems> state, Consumer<String> setKey, int maxItems) {
    this.state = state;
    this.setKey = setKey;
    this.maxItems = maxItems;
  }

  /** The window of the user, whose key is the current one. */
  RecentItems of(String user) throws IOException {
    RecentItems window = windows.get(user);
    if (window == null) {
      window = state.value();
    }
    return window == null ? RecentItems.NONE : window;
  }

  /** The window of a user changes; false when no more fit, so that they must be written. */
  boolean put(String user, RecentItems window) {
    RecentItems former = windows.put(user, window);
    items += window.interactions().size();
    items -= former == null ? 0 : former.interactions().size();
    changed.add(user);
    return items < maxItems;
  }

  /** Forgets the window of the user, whose key is the current one. */
  void clear(String user) {
    RecentItems former = windows.remove(user);
    items -= former == null ? 0 : former.interactions().size();
    changed.remove(user);
    state.clear();
  }

  /** Writes what changed; another key is the current one afterwards. */
  void write() throws IOException {
    for (String user : changed) {
      setKey.accept(user);
      state.update(windows.get(user));
    }
    changed.clear();
    if (items >= maxItems) {
      windows.clear();
      items = 0;
    }
  }
}
