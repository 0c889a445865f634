package io.sidestream.benchmarks.serving;

import java.util.Arrays;

/** How long calls took, in nanoseconds, ascending. */
record Latencies(long[] nanos) {
  Latencies {
    nanos = nanos.clone();
    Arrays.sort(nanos);
  }

  @Override
  public long[] nanos() {
    return nanos.clone();
  }

  int calls() {
    return nanos.length;
  }

  /** The latency that a share of the calls did not exceed, in milliseconds. */
  double millis(double share) {
    int at = (int) Math.ceil(share * nanos.length) - 1;
    return nanos[Math.max(0, at)] / 1e6;
  }

  double perSecond() {
    return nanos.length / (Arrays.stream(nanos).sum() / 1e9);
  }
}
