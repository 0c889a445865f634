package io.sidestream.benchmarks.index;

import io.sidestream.benchmarks.measure.NamedValues;
import io.sidestream.model.ranking.ListSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is measured.
 *
 * @param items of each catalogue, one after the other
 * @param dimensions of a vector
 * @param rounds of each measurement; the least is taken
 * @param calls in each round
 * @param decay of the vectors' deviations by dimension
 * @param lists beyond which size, and how, lists of the codes are looked through
 * @param explored of Lucene's candidates for one query, for each of these a figure; none: no peer
 */
record IndexOptions(
    List<Integer> items,
    int dimensions,
    int rounds,
    int calls,
    double decay,
    ListSettings lists,
    List<Integer> explored,
    long seed,
    Path directory) {
  static final String HELP =
      """
      usage: items=N,N dimensions=N rounds=N calls=N decay=N beyond=N share=N measured=N \
      explored=N,N seed=N directory=PATH
      Each has a default. Writes one JSON object a line.""";

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("items", "1000,17000,100000,1000000"),
          Map.entry("dimensions", "128"),
          Map.entry("rounds", "5"),
          Map.entry("calls", "40"),
          Map.entry("decay", "0.8"),
          Map.entry("beyond", "0"),
          Map.entry("share", "0.3"),
          Map.entry("measured", "2000"),
          Map.entry("explored", ""),
          Map.entry("seed", "1"),
          Map.entry("directory", "target/index"));

  static IndexOptions parse(String... arguments) {
    NamedValues values = NamedValues.read(DEFAULTS, HELP, arguments);
    return new IndexOptions(
        values.integers("items"),
        values.integer("dimensions"),
        values.integer("rounds"),
        values.integer("calls"),
        values.number("decay"),
        new ListSettings(
            values.integer("beyond"), values.number("share"), values.integer("measured")),
        values.integers("explored"),
        values.integer("seed"),
        Path.of(values.text("directory")));
  }
}
