package io.sidestream.learning.collaborative;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * User × item matrix of positive weights, sparse. Immutable.
 *
 * <p>Shape: user u holds rows[starts[u]] … rows[starts[u + 1] - 1], ascending and each once, and
 * their weights beside them.
 */
public final class ImplicitFeedback {
  /** Largest number of events: row numbers and weights of all are held in memory. */
  public static final int MAX_EVENTS = 200_000_000;

  private final int items;
  private final int[] starts; // [users + 1]
  private final int[] rows; // [starts[users]]
  private final float[] weights; // [starts[users]]

  /**
   * An interaction of a user with an item.
   *
   * @param user from 0
   * @param row of the item, from 0
   * @param weight confidence, above 0
   */
  public record Event(int user, int row, float weight) {}

  private ImplicitFeedback(int items, int[] starts, int[] rows, float[] weights) {
    this.items = items;
    this.starts = starts;
    this.rows = rows;
    this.weights = weights;
  }

  /** Each user's items, of weight 1 each time they occur: shape [user][any]. */
  public static ImplicitFeedback of(int items, int[][] rowsByUser) {
    List<Event> events =
        IntStream.range(0, rowsByUser.length)
            .boxed()
            .flatMap(
                user -> IntStream.of(rowsByUser[user]).mapToObj(row -> new Event(user, row, 1)))
            .toList();
    return of(rowsByUser.length, items, events);
  }

  /**
   * The likes of a corpus, each user and item once, with the largest weight of their kinds; users
   * in the order of their ids.
   */
  public static ImplicitFeedback of(Corpus training, ItemRows rows) {
    Map<UserId, SortedMap<Integer, Integer>> byUser = new TreeMap<>();
    for (Interaction one : training.likes()) {
      int weight = training.weights().of(one.kind());
      rows.row(one.item())
          .ifPresent(
              row ->
                  byUser
                      .computeIfAbsent(one.user(), user -> new TreeMap<>())
                      .merge(row, weight, Math::max));
    }
    List<Event> events = new ArrayList<>();
    int user = 0;
    for (SortedMap<Integer, Integer> items : byUser.values()) {
      int number = user++;
      items.forEach((row, weight) -> events.add(new Event(number, row, weight)));
    }
    return of(user, rows.size(), events);
  }

  /** Events in any order; the weights of the same user and item are added. */
  public static ImplicitFeedback of(int users, int items, List<Event> events) {
    check(users >= 0 && items >= 0, "%d users and %d items, expected none or more", users, items);
    checkCount(events.size());
    events.forEach(event -> checkEvent(event, users, items));
    Event[] sorted = events.toArray(Event[]::new);
    Arrays.sort(sorted, Comparator.comparingInt(Event::user).thenComparingInt(Event::row));
    int[] starts = new int[users + 1];
    int[] rows = new int[sorted.length];
    float[] weights = new float[sorted.length];
    int cells = 0;
    for (int i = 0; i < sorted.length; i++) {
      Event event = sorted[i];
      if (i == 0 || event.user() != sorted[i - 1].user() || event.row() != sorted[i - 1].row()) {
        rows[cells] = event.row();
        starts[event.user() + 1] = ++cells;
      }
      weights[cells - 1] += event.weight();
    }
    for (int user = 0; user < users; user++) {
      starts[user + 1] = Math.max(starts[user], starts[user + 1]);
    }
    return new ImplicitFeedback(
        items, starts, Arrays.copyOf(rows, cells), Arrays.copyOf(weights, cells));
  }

  static void checkCount(long events) {
    check(events <= MAX_EVENTS, "%d events, expected at most %d", events, MAX_EVENTS);
  }

  private static void checkEvent(Event event, int users, int items) {
    check(
        event.user() >= 0 && event.user() < users && event.row() >= 0 && event.row() < items,
        "event of user %d and item %d, expected %d users and %d items",
        event.user(),
        event.row(),
        users,
        items);
    check(
        event.weight() > 0 && Float.isFinite(event.weight()),
        "event of user %d and item %d weighs %s, expected a finite number above 0",
        event.user(),
        event.row(),
        event.weight());
  }

  /** The feedback of at most this number of users, evenly sampled in their order. */
  public ImplicitFeedback sample(int maxUsers) {
    int n = Math.min(maxUsers, users());
    return of(
        items,
        IntStream.range(0, n)
            .mapToObj(i -> rows((int) ((long) i * users() / n)))
            .toArray(int[][]::new));
  }

  /** The transpose: items in the place of users. */
  public ImplicitFeedback transposed() {
    int[] counts = new int[items + 1];
    for (int row : rows) {
      counts[row + 1]++;
    }
    for (int row = 0; row < items; row++) {
      counts[row + 1] += counts[row];
    }
    int[] next = counts.clone();
    int[] users = new int[rows.length];
    float[] turned = new float[rows.length];
    for (int user = 0; user < users(); user++) {
      for (int i = starts[user]; i < starts[user + 1]; i++) {
        int at = next[rows[i]]++;
        users[at] = user;
        turned[at] = weights[i];
      }
    }
    return new ImplicitFeedback(users(), counts, users, turned);
  }

  public int users() {
    return starts.length - 1;
  }

  public int items() {
    return items;
  }

  /** Number of pairs of user and item. */
  public int pairs() {
    return rows.length;
  }

  /** The items of a user, ascending. */
  public int[] rows(int user) {
    return Arrays.copyOfRange(rows, starts[user], starts[user + 1]);
  }

  /** The weights of {@link #rows}. */
  public float[] weights(int user) {
    return Arrays.copyOfRange(weights, starts[user], starts[user + 1]);
  }

  /** Number of items of a user. */
  public int count(int user) {
    return starts[user + 1] - starts[user];
  }
}
