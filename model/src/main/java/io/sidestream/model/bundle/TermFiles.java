package io.sidestream.model.bundle;

import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.LoggedQueries;
import io.sidestream.model.terms.QueryClicks;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.model.terms.Titles;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Layout of the tensor files of words: the query log, and the items' texts. */
final class TermFiles {
  private static final String ITEMS = "items";
  private static final String ITEMS_WITH = "items_with";
  private static final String CLICKED = "clicked_hashes";
  private static final String LOGGED = "logged_queries";
  private static final String MEAN_LENGTH = "mean_length";

  private TermFiles() {}

  /**
   * posting_offsets (W + 1), posting_rows (P), posting_weights (P), items_with (W); terms as
   * concatenated UTF-8 with offsets: term_offsets (W + 1). The logged queries likewise:
   * logged_query_offsets (Q + 1), logged_counts (Q), logged_offsets (N + 1), logged_lengths (N).
   * Clicks: clicked_hashes (C, 2), the upper and the lower half of each query's; clicked_offsets (C
   * + 1), clicked_rows (E), clicked_counts (E). Metadata: number of items, mean length.
   */
  static Safetensors of(QueryLog log) {
    LoggedQueries logged = log.named();
    Map<String, Tensor> tensors = new TreeMap<>(tensors(log.terms()));
    tensors.putAll(tensors(log.clicks()));
    StringColumn queries = StringColumn.of(logged.queries());
    tensors.put(LOGGED, queries.bytes());
    tensors.put("logged_query_offsets", queries.offsets());
    tensors.put("logged_offsets", Tensor.ints(logged.starts(), logged.items() + 1));
    tensors.put("logged_counts", Tensor.ints(logged.counts(), logged.queries().size()));
    tensors.put("logged_lengths", Tensor.floats(logged.lengths(), logged.items()));
    return new Safetensors(tensors, notes(log.terms()));
  }

  private static Map<String, Tensor> tensors(QueryClicks clicks) {
    long[] queries = clicks.queries();
    int[] halves = new int[2 * queries.length];
    for (int query = 0; query < queries.length; query++) {
      halves[2 * query] = (int) (queries[query] >> Integer.SIZE);
      halves[2 * query + 1] = (int) queries[query];
    }
    int[] rows = clicks.rows();
    return Map.of(
        CLICKED,
        Tensor.ints(halves, queries.length, 2),
        "clicked_offsets",
        Tensor.ints(clicks.starts(), queries.length + 1),
        "clicked_rows",
        Tensor.ints(rows, rows.length),
        "clicked_counts",
        Tensor.ints(clicks.counts(), rows.length));
  }

  static QueryLog queryLog(Safetensors file) {
    return new QueryLog(termIndex(file), clicks(file), loggedQueries(file));
  }

  /** Bundles of earlier versions know no queries as a whole. */
  private static QueryClicks clicks(Safetensors file) {
    int items = Integer.parseInt(file.note(ITEMS));
    if (!file.tensors().containsKey(CLICKED)) {
      return QueryClicks.none(items);
    }
    int[] halves = file.tensor(CLICKED).ints();
    long[] queries = new long[halves.length / 2];
    for (int query = 0; query < queries.length; query++) {
      queries[query] =
          (long) halves[2 * query] << Integer.SIZE | Integer.toUnsignedLong(halves[2 * query + 1]);
    }
    return new QueryClicks(
        items,
        queries,
        file.tensor("clicked_offsets").ints(),
        file.tensor("clicked_rows").ints(),
        file.tensor("clicked_counts").ints());
  }

  /** Bundles of earlier versions name no queries. */
  private static LoggedQueries loggedQueries(Safetensors file) {
    return file.tensors().containsKey(LOGGED)
        ? new LoggedQueries(
            new StringColumn(file.tensor(LOGGED), file.tensor("logged_query_offsets")).texts(),
            file.tensor("logged_offsets").ints(),
            file.tensor("logged_counts").ints(),
            file.tensor("logged_lengths").floats())
        : LoggedQueries.none(Integer.parseInt(file.note(ITEMS)));
  }

  private static Map<String, Tensor> tensors(TermIndex index) {
    StringColumn terms = StringColumn.of(index.terms());
    int[] starts = index.starts();
    int[] rows = index.rows();
    return Map.of(
        "terms",
        terms.bytes(),
        "term_offsets",
        terms.offsets(),
        "posting_offsets",
        Tensor.ints(starts, starts.length),
        "posting_rows",
        Tensor.ints(rows, rows.length),
        "posting_weights",
        Tensor.floats(index.weights(), rows.length),
        ITEMS_WITH,
        Tensor.ints(index.itemsWith(), index.terms().size()));
  }

  private static Map<String, String> notes(TermIndex index) {
    return Map.of(
        ITEMS, Integer.toString(index.items()), MEAN_LENGTH, Double.toString(index.meanLength()));
  }

  /** Bundles of earlier versions count items by postings, and know no mean length. */
  private static TermIndex termIndex(Safetensors file) {
    int[] starts = file.tensor("posting_offsets").ints();
    boolean complete = file.tensors().containsKey(ITEMS_WITH);
    return new TermIndex(
        Integer.parseInt(file.note(ITEMS)),
        new StringColumn(file.tensor("terms"), file.tensor("term_offsets")).texts(),
        starts,
        file.tensor("posting_rows").ints(),
        file.tensor("posting_weights").floats(),
        complete ? file.tensor(ITEMS_WITH).ints() : lengths(starts),
        complete ? Double.parseDouble(file.note(MEAN_LENGTH)) : 0);
  }

  private static int[] lengths(int[] starts) {
    int[] lengths = new int[Math.max(0, starts.length - 1)];
    Arrays.setAll(lengths, term -> starts[term + 1] - starts[term]);
    return lengths;
  }

  /** As the query log, and each row's title: titles, title_offsets (N + 1). */
  static Safetensors of(ItemTexts texts) {
    Map<String, Tensor> tensors = new TreeMap<>(tensors(texts.terms()));
    StringColumn titles = StringColumn.of(texts.titles().all());
    tensors.put("titles", titles.bytes());
    tensors.put("title_offsets", titles.offsets());
    return new Safetensors(tensors, notes(texts.terms()));
  }

  static ItemTexts itemTexts(Safetensors file) {
    return new ItemTexts(
        termIndex(file),
        new Titles(new StringColumn(file.tensor("titles"), file.tensor("title_offsets")).texts()));
  }
}
