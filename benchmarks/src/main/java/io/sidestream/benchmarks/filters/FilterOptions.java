package io.sidestream.benchmarks.filters;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.benchmarks.measure.NamedValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is measured.
 *
 * @param parts some of {@code recall}, {@code catalogue}, {@code running}
 * @param shares of the items that filters let through, in percent
 * @param cases of each task
 * @param items of the catalogue without a training
 * @param bundles a directory with the generations of a demo on the bundled sample, of which the
 *     newest serves
 * @param requests that are sent to it
 * @param window requests under way at once
 * @param changes of items in a second
 * @param lag after which a change must count
 * @param heap of the index process, as {@code -Xmx} takes it
 * @param directory for the broker and the index
 */
record FilterOptions(
    List<String> parts,
    List<Integer> shares,
    int cases,
    int items,
    Path bundles,
    int requests,
    int window,
    int changes,
    Duration lag,
    long seed,
    String heap,
    Path directory) {
  static final String HELP =
      """
      usage: parts=recall,catalogue,running shares=1,10,50 cases=N items=N bundles=STORE
             requests=N window=N changes=PER_SECOND lag=MILLISECONDS seed=N heap=2g directory=PATH
      Each has a default; bundles is what the demo leaves. Writes one JSON object a line.\
      """;

  private static final Set<String> PARTS = Set.of("recall", "catalogue", "running");

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("parts", "recall,running"),
          Map.entry("shares", "1,10,50"),
          Map.entry("cases", "400"),
          Map.entry("items", "10000"),
          Map.entry("bundles", "work/generations"),
          Map.entry("requests", "10000"),
          Map.entry("window", "8"),
          Map.entry("changes", "100"),
          Map.entry("lag", "1000"),
          Map.entry("seed", "1"),
          Map.entry("heap", "2g"),
          Map.entry("directory", "target/filters"));

  FilterOptions {
    check(
        !parts.isEmpty() && PARTS.containsAll(parts),
        "parts are %s, expected some of recall, catalogue, running\n%s",
        String.join(",", parts),
        HELP);
  }

  static FilterOptions parse(String... arguments) {
    NamedValues values = NamedValues.read(DEFAULTS, HELP, arguments);
    return new FilterOptions(
        values.texts("parts"),
        values.integers("shares"),
        values.integer("cases"),
        values.integer("items"),
        Path.of(values.text("bundles")).toAbsolutePath(),
        values.integer("requests"),
        values.integer("window"),
        values.integer("changes"),
        Duration.ofMillis(values.integer("lag")),
        values.integer("seed"),
        values.text("heap"),
        Path.of(values.text("directory")).toAbsolutePath());
  }
}
