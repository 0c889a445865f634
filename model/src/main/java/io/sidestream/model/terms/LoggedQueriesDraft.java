package io.sidestream.model.terms;

import static io.sidestream.schemas.Checks.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Chooses the {@link LoggedQueries} of items. One thread. */
final class LoggedQueriesDraft {
  private static final Comparator<TermIndex.Text> MOST_COUNTED =
      Comparator.comparingLong((TermIndex.Text one) -> -one.count())
          .thenComparing(TermIndex.Text::item)
          .thenComparing(TermIndex.Text::text);

  private final List<TermIndex.Text> kept = new ArrayList<>();
  private final float[] lengths; // [item]

  LoggedQueriesDraft(int items) {
    this.lengths = new float[items];
  }

  void add(TermIndex.Text found) {
    check(
        found.item() < lengths.length, "a query found item %d of %d", found.item(), lengths.length);
    lengths[found.item()] += (float) found.count() * Terms.all(found.text()).size();
    if (LoggedQueries.isKept(found)) {
      kept.add(found);
    }
  }

  LoggedQueries build() {
    List<TermIndex.Text> most = most();
    int[] starts = new int[lengths.length + 1];
    most.forEach(one -> starts[one.item() + 1]++);
    for (int item = 0; item < lengths.length; item++) {
      starts[item + 1] += starts[item];
    }
    return new LoggedQueries(
        most.stream().map(TermIndex.Text::text).toList(),
        starts,
        most.stream().mapToInt(one -> (int) Math.min(one.count(), Integer.MAX_VALUE)).toArray(),
        lengths);
  }

  /** Those that are kept, by item. */
  private List<TermIndex.Text> most() {
    kept.sort(MOST_COUNTED);
    int[] ofItem = new int[lengths.length];
    List<TermIndex.Text> most = new ArrayList<>();
    for (TermIndex.Text one : kept) {
      if (most.size() < LoggedQueries.MAX_ENTRIES
          && ofItem[one.item()]++ < LoggedQueries.MAX_OF_ITEM) {
        most.add(one);
      }
    }
    most.sort(Comparator.comparingInt(TermIndex.Text::item).thenComparing(MOST_COUNTED));
    return most;
  }
}
