package io.sidestream.benchmarks.scale;

import static io.sidestream.schemas.Checks.check;

/**
 * How many machines of one kind serve a catalogue at a rate, by the memory of items and the CPU
 * time of requests.
 *
 * @param fronts machines that encode and generate
 * @param shards parts of the catalogue, each with its own first codes
 * @param replicas machines of each shard
 */
record Deployment(int fronts, int shards, int replicas) {
  private static final int LEAST_REPLICAS = 2; // one may go away

  /**
   * The smallest deployment that holds the items and stays at the wanted utilization.
   *
   * @throws IllegalArgumentException when there are more shards than first codes
   */
  static Deployment of(ScaleOptions options) {
    CostModel costs = options.costs();
    double perMachine = options.cores() * options.utilization();
    int shards = ceil(options.items() * costs.bytesPerItem() / options.memoryBytes());
    check(
        shards <= options.firstCodes(),
        "%s shards, expected at most one of each of the %s first codes",
        shards,
        options.firstCodes());
    double scanned = options.beams() * options.itemsPerId();
    double visits = options.everywhere() ? shards : Math.min(shards, options.beams());
    double shardSeconds =
        options.rate() * (visits * costs.visitMillis() / 1e3 + scanned * costs.scanNanos() / 1e9);
    return new Deployment(
        Math.max(LEAST_REPLICAS, ceil(options.rate() * costs.frontMillis() / 1e3 / perMachine)),
        shards,
        Math.max(LEAST_REPLICAS, ceil(shardSeconds / shards / perMachine)));
  }

  int machines() {
    return fronts + shards * replicas;
  }

  private static int ceil(double value) {
    return (int) Math.max(1, Math.ceil(value));
  }
}
