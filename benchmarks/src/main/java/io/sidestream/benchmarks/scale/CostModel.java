package io.sidestream.benchmarks.scale;

/**
 * What one request and one item cost.
 *
 * @param frontMillis CPU time of a request before the shards: Kafka, encoder, generator; unit:
 *     milliseconds
 * @param visitMillis CPU time of a visit to a shard without its scan; unit: milliseconds
 * @param scanNanos CPU time of one scanned vector; unit: nanoseconds
 * @param bytesPerItem memory of an item
 * @param hopMillis median time of one way over the network; unit: milliseconds
 * @param pauseMillis length of a pause of a process, such as a collection; unit: milliseconds
 * @param pauseShare share of visits that meet a pause; range: 0 to 1
 */
record CostModel(
    double frontMillis,
    double visitMillis,
    double scanNanos,
    double bytesPerItem,
    double hopMillis,
    double pauseMillis,
    double pauseShare) {}
