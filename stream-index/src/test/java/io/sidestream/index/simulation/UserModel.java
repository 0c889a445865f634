package io.sidestream.index.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the index should know of users, written as plainly as it can be. */
final class UserModel {
  private final Map<String, List<String>> recent = new HashMap<>();
  private final Map<String, Set<String>> disliked = new HashMap<>();

  void interaction(String user, String item, String kind) {
    if (kind.equals("impression")) {
      return;
    }
    List<String> items = recent.computeIfAbsent(user, any -> new ArrayList<>());
    items.remove(item);
    disliked(user).remove(item);
    if (kind.equals("dislike")) {
      disliked(user).add(item);
    } else {
      items.add(item);
      while (items.size() > SimulatedStreams.HISTORY) {
        items.remove(0);
      }
    }
  }

  boolean isKnown(String user) {
    return recent.containsKey(user);
  }

  List<String> recent(String user) {
    return recent.getOrDefault(user, List.of());
  }

  Set<String> disliked(String user) {
    return disliked.computeIfAbsent(user, any -> new HashSet<>());
  }
}
