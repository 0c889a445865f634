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

/** Sliding histories: what a person had met last, and the item they met next for the first time. */
public final class Histories {
  /**
   * What a person had met, and what came next.
   *
   * @param rows each once, the one met last at the end; at least one
   * @param next a row that is not among them
   */
  public record Step(List<Integer> rows, int next) {
    public Step {
      rows = List.copyOf(rows);
    }
  }

  private final int longest;
  private final int mostPerUser;
  private final int most;

  /**
   * @param longest items in a history, the newest ones
   * @param mostPerUser newest steps of one person, so that a busy one does not drown the others
   * @param most steps altogether; a sample when there are more
   */
  public Histories(int longest, int mostPerUser, int most) {
    this.longest = longest;
    this.mostPerUser = mostPerUser;
    this.most = most;
  }

  /** The steps of these interactions, each person's in order of arrival; by user, then by time. */
  public List<Step> of(Collection<Interaction> interactions, ItemRows rows, long seed) {
    Map<UserId, List<Integer>> byUser = new TreeMap<>();
    for (Interaction one : interactions) {
      OptionalInt row = rows.row(one.item());
      if (row.isPresent()) {
        byUser.computeIfAbsent(one.user(), user -> new ArrayList<>()).add(row.getAsInt());
      }
    }
    List<Step> steps = new ArrayList<>();
    byUser.values().forEach(met -> steps.addAll(newestSteps(met)));
    return sample(steps, seed);
  }

  private Collection<Step> newestSteps(List<Integer> met) {
    Deque<Step> steps = new ArrayDeque<>();
    Set<Integer> known = new HashSet<>();
    Set<Integer> window = new LinkedHashSet<>();
    for (int row : met) {
      if (known.add(row) && !window.isEmpty()) {
        steps.add(new Step(List.copyOf(window), row));
      }
      if (steps.size() > mostPerUser) {
        steps.remove();
      }
      window.remove(row);
      window.add(row);
      if (window.size() > longest) {
        window.remove(window.iterator().next());
      }
    }
    return steps;
  }

  private List<Step> sample(List<Step> steps, long seed) {
    if (steps.size() <= most) {
      return steps;
    }
    List<Step> shuffled = new ArrayList<>(steps);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.subList(0, most);
  }
}
