package io.sidestream.benchmarks.pairs;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.pairs.WindowLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Each user's latest items, as a plain program keeps them. */
final class UserWindows {
  static final WindowLimits LIMITS = WindowLimits.DEFAULT;

  private final Map<String, List<Seen>> windows = new HashMap<>();

  private record Seen(String item, long millis) {}

  /** Hands on the pairs of the event's item and the earlier ones of its user, and keeps it. */
  void add(Interaction event, BiConsumer<String, String> pairs) {
    List<Seen> window = windows.computeIfAbsent(event.user().value(), user -> new ArrayList<>());
    String item = event.item().value();
    long millis = event.at().toEpochMilli();
    int same = -1;
    for (int i = 0; i < window.size(); i++) {
      Seen seen = window.get(i);
      if (seen.item().equals(item)) {
        same = i;
      } else if (Math.abs(millis - seen.millis()) <= LIMITS.age().toMillis()) {
        pairs.accept(seen.item(), item);
      }
    }
    if (same >= 0) {
      window.remove(same);
    } else if (window.size() == LIMITS.items()) {
      window.remove(0);
    }
    window.add(new Seen(item, millis));
  }
}
