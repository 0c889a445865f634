package io.sidestream.benchmarks.requests;

import io.sidestream.benchmarks.measure.NamedValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is measured.
 *
 * @param rates requests a second at which latency is measured
 * @param length of each step
 * @param warmUp before the first step
 * @param window requests under way at once where the capacity is measured
 * @param flood how many times the capacity is offered at the end; 0 for no such step
 * @param limit within which a reply is of use
 * @param deadlines whether requests bear it as their deadline, as those of the client do
 * @param bundles a directory with the generations of a catalogue, of which the newest serves
 * @param users with interactions
 * @param heap of each process, as {@code -Xmx} takes it
 * @param settings of the index beside those that the driver gives
 * @param directory for the broker and the index
 */
record RequestOptions(
    List<Integer> rates,
    Duration length,
    Duration warmUp,
    int window,
    int flood,
    Duration limit,
    boolean deadlines,
    Path bundles,
    int users,
    long seed,
    String heap,
    List<String> settings,
    Path directory) {
  static final String HELP =
      """
      usage: bundles=STORE rates=20,50 seconds=N warmup=SECONDS window=REQUESTS flood=MULTIPLE limit=MILLISECONDS
             deadlines=true|false users=N seed=N heap=2g settings=KEY=VALUE,KEY=VALUE directory=PATH
      Each has a default; bundles is what the demo leaves. Writes one JSON object a line.""";

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("bundles", "work/generations"),
          Map.entry("rates", "20,50"),
          Map.entry("seconds", "10"),
          Map.entry("warmup", "10"),
          Map.entry("window", "32"),
          Map.entry("flood", "10"),
          Map.entry("limit", "1000"),
          Map.entry("deadlines", "false"),
          Map.entry("users", "200"),
          Map.entry("seed", "1"),
          Map.entry("heap", "2g"),
          Map.entry("settings", ""),
          Map.entry("directory", "target/requests"));

  static RequestOptions parse(String... arguments) {
    NamedValues values = NamedValues.read(DEFAULTS, HELP, arguments);
    return new RequestOptions(
        values.integers("rates"),
        Duration.ofSeconds(values.integer("seconds")),
        Duration.ofSeconds(values.integer("warmup")),
        values.integer("window"),
        values.integer("flood"),
        Duration.ofMillis(values.integer("limit")),
        values.flag("deadlines"),
        Path.of(values.text("bundles")).toAbsolutePath(),
        values.integer("users"),
        values.integer("seed"),
        values.text("heap"),
        values.texts("settings"),
        Path.of(values.text("directory")).toAbsolutePath());
  }
}
