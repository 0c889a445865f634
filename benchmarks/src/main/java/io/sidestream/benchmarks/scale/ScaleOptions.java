package io.sidestream.benchmarks.scale;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.benchmarks.measure.NamedValues;
import java.util.Map;

/**
 * What is simulated.
 *
 * @param items items of the catalogue
 * @param rate requests a second
 * @param seconds simulated time, the first fifth of which is left out
 * @param seed of all draws
 * @param firstCodes first codes
 * @param ids Semantic IDs that exist: items share them evenly
 * @param beams IDs that a request scans
 * @param interests places among the first codes that the beams of a request come from
 * @param spread mean distance of a beam's first code from its place, in codes
 * @param skew exponent of Zipf's law for how often a place is asked for
 * @param cores of a machine
 * @param memoryBytes of a machine, for items
 * @param utilization share of cores that a deployment plans to use; range: 0 to 1, exclusive
 * @param layout which first codes lie on one shard
 * @param everywhere whether each request goes to all shards
 * @param hedgeMillis after which time a visit is sent to a second replica; unit: milliseconds; 0:
 *     never
 * @param costs of a request and an item
 */
record ScaleOptions(
    double items,
    double rate,
    double seconds,
    long seed,
    int firstCodes,
    double ids,
    int beams,
    int interests,
    double spread,
    double skew,
    int cores,
    double memoryBytes,
    double utilization,
    ShardMap.Layout layout,
    boolean everywhere,
    double hedgeMillis,
    CostModel costs) {
  /** Requests of one simulation: more would not fit into some minutes. */
  static final double MAX_REQUESTS = 5e6;

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("items", "1e9"),
          Map.entry("rate", "1e5"),
          Map.entry("seconds", "5"),
          Map.entry("seed", "1"),
          Map.entry("first-codes", "1024"),
          Map.entry("ids", "1e7"),
          Map.entry("beams", "60"),
          Map.entry("interests", "3"),
          Map.entry("spread", "2"),
          Map.entry("skew", "0.8"),
          Map.entry("cores", "16"),
          Map.entry("memory-gib", "48"),
          Map.entry("utilization", "0.5"),
          Map.entry("layout", "neighbours"),
          Map.entry("everywhere", "false"),
          Map.entry("hedge-ms", "0"),
          Map.entry("front-ms", "4.9"),
          Map.entry("visit-ms", "0.2"),
          Map.entry("scan-ns", "50"),
          Map.entry("bytes-per-item", "700"),
          Map.entry("hop-ms", "0.25"),
          Map.entry("pause-ms", "20"),
          Map.entry("pause-share", "0.001"));

  ScaleOptions {
    check(rate * seconds <= MAX_REQUESTS, "rate x seconds is over %.0f requests", MAX_REQUESTS);
    check(rate > 0 && seconds > 0 && items > 0 && ids > 0, "a size is not positive");
    check(firstCodes > 0 && beams > 0 && interests > 0 && cores > 0, "a count is not positive");
    check(utilization > 0 && utilization < 1, "utilization is not between 0 and 1");
    check(spread >= 0 && skew >= 0 && hedgeMillis >= 0, "spread, skew or hedge-ms is negative");
  }

  /**
   * The options that arguments of the form name=value give.
   *
   * @throws IllegalArgumentException for an unknown name or a value out of range
   */
  static ScaleOptions parse(String... arguments) {
    NamedValues values = NamedValues.read(DEFAULTS, "options: " + DEFAULTS, arguments);
    return new ScaleOptions(
        values.number("items"),
        values.number("rate"),
        values.number("seconds"),
        values.integer("seed"),
        values.integer("first-codes"),
        values.number("ids"),
        values.integer("beams"),
        values.integer("interests"),
        values.number("spread"),
        values.number("skew"),
        values.integer("cores"),
        values.number("memory-gib") * (1L << 30),
        values.number("utilization"),
        ShardMap.Layout.of(values.text("layout")),
        Boolean.parseBoolean(values.text("everywhere")),
        values.number("hedge-ms"),
        costs(values));
  }

  private static CostModel costs(NamedValues values) {
    return new CostModel(
        values.number("front-ms"),
        values.number("visit-ms"),
        values.number("scan-ns"),
        values.number("bytes-per-item"),
        values.number("hop-ms"),
        values.number("pause-ms"),
        values.number("pause-share"));
  }

  /** Items that share one Semantic ID, at least one. */
  double itemsPerId() {
    return Math.max(1, items / ids);
  }
}
