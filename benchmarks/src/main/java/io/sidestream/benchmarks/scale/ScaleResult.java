package io.sidestream.benchmarks.scale;

/**
 * What a simulation showed. Times from a request's arrival to its last part's return; unit:
 * milliseconds.
 *
 * @param deployment the machines
 * @param requests requests after the warm-up
 * @param distinctCodes mean number of first codes that a request reaches
 * @param fanOut mean number of shards that a request visits
 * @param frontUtilization share of the front's cores that was busy
 * @param meanUtilization of all shards
 * @param hottestUtilization of the shard with most work
 */
record ScaleResult(
    Deployment deployment,
    int requests,
    double distinctCodes,
    double fanOut,
    double p50,
    double p99,
    double p999,
    double frontUtilization,
    double meanUtilization,
    double hottestUtilization) {}
