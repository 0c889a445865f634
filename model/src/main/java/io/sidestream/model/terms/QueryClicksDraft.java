package io.sidestream.model.terms;

import static io.sidestream.schemas.Checks.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Counts clicks for {@link QueryClicks}. One thread. */
final class QueryClicksDraft {
  private static final Comparator<Entry> IN_ORDER =
      Comparator.comparingLong(Entry::query).thenComparing(Entry::item);
  private static final Comparator<Entry> MOST_CLICKED =
      Comparator.comparingLong((Entry one) -> -one.count()).thenComparing(IN_ORDER);

  private final int items;
  private final TreeMap<Long, TreeMap<Integer, Long>> counts = new TreeMap<>(); // query, item

  QueryClicksDraft(int items) {
    this.items = items;
  }

  private record Entry(long query, int item, long count) {}

  void add(TermIndex.Text found) {
    check(found.item() < items, "a query found item %d of %d", found.item(), items);
    counts
        .computeIfAbsent(QueryClicks.hash(found.text()), unused -> new TreeMap<>())
        .merge(found.item(), found.count(), Long::sum);
  }

  QueryClicks build() {
    List<Entry> entries = most();
    long[] queries = entries.stream().mapToLong(Entry::query).distinct().toArray();
    int[] starts = new int[queries.length + 1];
    int query = 0;
    for (int entry = 0; entry < entries.size(); entry++) {
      query += entries.get(entry).query() == queries[query] ? 0 : 1;
      starts[query + 1] = entry + 1;
    }
    return new QueryClicks(
        items,
        queries,
        starts,
        entries.stream().mapToInt(Entry::item).toArray(),
        entries.stream().mapToInt(one -> (int) Math.min(one.count(), Integer.MAX_VALUE)).toArray());
  }

  /** The entries that are kept, in order. */
  private List<Entry> most() {
    List<Entry> all = new ArrayList<>();
    counts.forEach(
        (query, byItem) -> byItem.forEach((item, count) -> all.add(new Entry(query, item, count))));
    if (all.size() <= QueryClicks.MAX_ENTRIES) {
      return all;
    }
    return all.stream()
        .sorted(MOST_CLICKED)
        .limit(QueryClicks.MAX_ENTRIES)
        .sorted(IN_ORDER)
        .toList();
  }
}
