package io.sidestream.gateway.follow;

import io.sidestream.schemas.ItemId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Titles of the items that changed last, up to a bound. Thread-safe. */
public final class Titles {
  /** Most characters of a title that are kept. */
  public static final int MAX_CHARACTERS = 200;

  private final int most;
  private final Map<ItemId, String> titles = new LinkedHashMap<>();

  Titles(int most) {
    this.most = most;
  }

  /** The title of an item; empty for one that is not known. */
  public synchronized Optional<String> of(ItemId item) {
    return Optional.ofNullable(titles.get(item));
  }

  public synchronized int size() {
    return titles.size();
  }

  synchronized void put(ItemId item, String title) {
    titles.remove(item); // to the end
    titles.put(item, shortened(title));
    if (titles.size() > most) {
      titles.remove(titles.keySet().iterator().next());
    }
  }

  synchronized void remove(ItemId item) {
    titles.remove(item);
  }

  private static String shortened(String title) {
    return title.codePointCount(0, title.length()) <= MAX_CHARACTERS
        ? title
        : title.substring(0, title.offsetByCodePoints(0, MAX_CHARACTERS - 1)) + "…";
  }
}
