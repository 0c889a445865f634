package io.sidestream.benchmarks.index;

import io.sidestream.benchmarks.measure.NamedValues;
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
 */
record IndexOptions(
    List<Integer> items, int dimensions, int rounds, int calls, long seed, Path directory) {
  static final String HELP =
      """
      usage: items=N,N dimensions=N rounds=N calls=N seed=N directory=PATH
      Each has a default. Writes one JSON object a line.""";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "items", "1000,17000,100000,1000000",
          "dimensions", "128",
          "rounds", "5",
          "calls", "40",
          "seed", "1",
          "directory", "target/index");

  static IndexOptions parse(String... arguments) {
    NamedValues values = NamedValues.read(DEFAULTS, HELP, arguments);
    return new IndexOptions(
        values.integers("items"),
        values.integer("dimensions"),
        values.integer("rounds"),
        values.integer("calls"),
        values.integer("seed"),
        Path.of(values.text("directory")));
  }
}
