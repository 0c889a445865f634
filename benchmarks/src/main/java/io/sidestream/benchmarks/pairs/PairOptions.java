package io.sidestream.benchmarks.pairs;

import io.sidestream.benchmarks.measure.NamedValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is counted, and by whom.
 *
 * @param sides that count, in this order in each round
 * @param idLength characters of an item's id
 * @param repeat rounds of all sides
 * @param intervalMillis between two commits of what was counted
 * @param heap of each counting process, as {@code -Xmx} takes it
 * @param directory for the broker and checkpoints
 */
record PairOptions(
    List<Side> sides,
    int events,
    int users,
    int items,
    int idLength,
    long seed,
    int repeat,
    int intervalMillis,
    int timeoutSeconds,
    String heap,
    Path directory) {
  static final String HELP =
      """
      usage: sides=loop,kafka,kafka-once,job,job-on-disk events=N users=N items=N ids=CHARACTERS seed=N
             rounds=N interval=MILLISECONDS timeout=SECONDS heap=4g directory=PATH
      Each has a default. Writes one JSON object a line.""";

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("sides", "loop,kafka,job"),
          Map.entry("events", "200000"),
          Map.entry("users", "2759"),
          Map.entry("items", "17164"),
          Map.entry("ids", "8"),
          Map.entry("seed", "1"),
          Map.entry("rounds", "1"),
          Map.entry("interval", "1000"),
          Map.entry("timeout", "120"),
          Map.entry("heap", "4g"),
          Map.entry("directory", "target/pairs"));

  static PairOptions parse(String... arguments) {
    NamedValues values = NamedValues.read(DEFAULTS, HELP, arguments);
    return new PairOptions(
        values.texts("sides").stream().map(PairOptions::side).toList(),
        values.integer("events"),
        values.integer("users"),
        values.integer("items"),
        values.integer("ids"),
        values.integer("seed"),
        values.integer("rounds"),
        values.integer("interval"),
        values.integer("timeout"),
        values.text("heap"),
        Path.of(values.text("directory")));
  }

  /** The events that are counted. */
  PairEvents pairEvents() {
    return new PairEvents(events, users, items, idLength, seed);
  }

  private static Side side(String name) {
    return Side.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
