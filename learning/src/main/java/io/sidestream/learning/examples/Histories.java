package io.sidestream.learning.examples;

import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** Sliding histories of users, each with the next new item. */
public final class Histories {
  /**
   * A history with the next item.
   *
   * @param rows each once, the most recent one last; at least one
   * @param next a row that is not among them
   */
  public record Example(List<Integer> rows, int next) {
    public Example {
      rows = List.copyOf(rows);
    }
  }

  private final int maxItems;
  private final int maxPerUser;
  private final int max;

  /**
   * @param maxItems items in a history, the latest ones
   * @param maxPerUser latest steps of one user, so that a busy one does not dominate
   * @param max steps in all; a sample when there are more
   */
  public Histories(int maxItems, int maxPerUser, int max) {
    this.maxItems = maxItems;
    this.maxPerUser = maxPerUser;
    this.max = max;
  }

  /** The steps of these interactions, each user's in order of arrival; by user, then by time. */
  public List<Example> of(Collection<Interaction> interactions, ItemRows rows, long seed) {
    Map<UserId, List<Integer>> byUser = new TreeMap<>();
    for (Interaction one : interactions) {
      OptionalInt row = rows.row(one.item());
      if (row.isPresent()) {
        byUser.computeIfAbsent(one.user(), user -> new ArrayList<>()).add(row.getAsInt());
      }
    }
    List<Example> steps = new ArrayList<>();
    byUser.values().forEach(items -> steps.addAll(latestSteps(items)));
    return sample(steps, seed);
  }

  private Collection<Example> latestSteps(List<Integer> items) {
    Deque<Example> steps = new ArrayDeque<>();
    Set<Integer> known = new HashSet<>();
    Set<Integer> window = new LinkedHashSet<>();
    for (int row : items) {
      if (known.add(row) && !window.isEmpty()) {
        steps.add(new Example(List.copyOf(window), row));
      }
      if (steps.size() > maxPerUser) {
        steps.remove();
      }
      window.remove(row);
      window.add(row);
      if (window.size() > maxItems) {
        window.remove(window.iterator().next());
      }
    }
    return steps;
  }

  private List<Example> sample(List<Example> steps, long seed) {
    if (steps.size() <= max) {
      return steps;
    }
    List<Example> shuffled = new ArrayList<>(steps);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.subList(0, max);
  }
}
