package io.sidestream.experiments.baselines;

import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Who met what in training, a sparse matrix of ones. Immutable.
 *
 * <p>Shape: people by number, in the order of their ids; {@code items[person]} and {@code
 * people[row]} ascend.
 */
final class InteractionMatrix {
  private final int[][] items; // [person][]
  private final int[][] people; // [row][]

  private InteractionMatrix(int[][] items, int[][] people) {
    this.items = items;
    this.people = people;
  }

  static InteractionMatrix of(ExperimentData data) {
    return of(data.rows(), data.training().interactions());
  }

  private static InteractionMatrix of(ItemRows rows, Collection<Interaction> interactions) {
    Map<UserId, TreeSet<Integer>> byPerson = new TreeMap<>();
    for (Interaction one : interactions) {
      rows.row(one.item())
          .ifPresent(row -> byPerson.computeIfAbsent(one.user(), u -> new TreeSet<>()).add(row));
    }
    return of(
        rows.size(),
        byPerson.values().stream()
            .map(met -> met.stream().mapToInt(Integer::intValue).toArray())
            .toList());
  }

  /**
   * @param met rows of the items that each person met, ascending
   */
  static InteractionMatrix of(int rows, List<int[]> met) {
    int[] counts = new int[rows];
    met.forEach(
        items -> {
          for (int row : items) {
            counts[row]++;
          }
        });
    int[][] people = new int[rows][];
    for (int row = 0; row < rows; row++) {
      people[row] = new int[counts[row]];
      counts[row] = 0;
    }
    for (int person = 0; person < met.size(); person++) {
      for (int row : met.get(person)) {
        people[row][counts[row]++] = person;
      }
    }
    return new InteractionMatrix(met.toArray(int[][]::new), people);
  }

  /** The same of at most so many people, evenly drawn in their order. */
  InteractionMatrix atMost(int most) {
    int n = Math.min(most, items.length);
    return of(
        rows(),
        IntStream.range(0, n).mapToObj(i -> items[(int) ((long) i * items.length / n)]).toList());
  }

  int rows() {
    return people.length;
  }

  int persons() {
    return items.length;
  }

  /** The rows of the items that a person met. Not to be written to. */
  int[] items(int person) {
    return items[person];
  }

  /** The numbers of the people who met an item. Not to be written to. */
  int[] people(int row) {
    return people[row];
  }
}
