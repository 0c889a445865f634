package io.sidestream.model.bundle;

import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.LoggedQueries;
import io.sidestream.model.terms.TermIndex;
import io.sidestream.model.terms.Titles;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Layout of the tensor files of words: the query log, and the items' texts. */
final class TermFiles {
  private static final String ITEMS = "items";
  private static final String ITEMS_WITH = "items_with";
  private static final String LOGGED = "logged_queries";
  private static final String MEAN_LENGTH = "mean_length";

  private TermFiles() {}

  /**
   * posting_offsets (W + 1), posting_rows (P), posting_weights (P), items_with (W); terms as
   * concatenated UTF-8 with offsets: term_offsets (W + 1). The logged queries likewise:
   * logged_query_offsets (Q + 1), logged_counts (Q), logged_offsets (N + 1), logged_lengths (N).
   * Metadata: number of items, mean length.
   */
  static Safetensors of(TermIndex index, LoggedQueries logged) {
    Map<String, Tensor> tensors = new TreeMap<>(tensors(index));
    StringColumn queries = StringColumn.of(logged.queries());
    tensors.put(LOGGED, queries.bytes());
    tensors.put("logged_query_offsets", queries.offsets());
    tensors.put("logged_offsets", Tensor.ints(logged.starts(), logged.items() + 1));
    tensors.put("logged_counts", Tensor.ints(logged.counts(), logged.queries().size()));
    tensors.put("logged_lengths", Tensor.floats(logged.lengths(), logged.items()));
    return new Safetensors(tensors, notes(index));
  }

  /** Bundles of earlier versions name no queries. */
  static LoggedQueries loggedQueries(Safetensors file) {
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
  static TermIndex termIndex(Safetensors file) {
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
