package io.sidestream.benchmarks.clustering;

import io.sidestream.benchmarks.measure.NamedValues;
import io.sidestream.model.codes.CodebookShape;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is clustered.
 *
 * @param load most points of a code, in multiples of even use
 * @param decay of the vectors' deviations by dimension
 */
record ClusteringOptions(
    int points,
    int dimensions,
    CodebookShape shape,
    int iterations,
    double load,
    double decay,
    int rounds,
    long seed,
    Path directory) {
  static final String HELP =
      """
      usage: points=N dimensions=N levels=N width=N iterations=N load=N decay=N rounds=N seed=N \
      directory=PATH
      Each has a default; load=Infinity is plain k-means. Writes one JSON object a line.""";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "points", "62000",
          "dimensions", "768",
          "levels", "2",
          "width", "256",
          "iterations", "20",
          "load", "Infinity",
          "decay", "0.8",
          "rounds", "2",
          "seed", "1",
          "directory", "target/clustering");

  static ClusteringOptions parse(String... arguments) {
    NamedValues values = NamedValues.read(DEFAULTS, HELP, arguments);
    return new ClusteringOptions(
        values.integer("points"),
        values.integer("dimensions"),
        new CodebookShape(values.integer("levels"), values.integer("width")),
        values.integer("iterations"),
        values.number("load"),
        values.number("decay"),
        values.integer("rounds"),
        values.integer("seed"),
        Path.of(values.text("directory")));
  }
}
