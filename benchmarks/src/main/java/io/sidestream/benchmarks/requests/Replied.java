package io.sidestream.benchmarks.requests;

import static io.sidestream.benchmarks.measure.Measurement.rounded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What became of the requests of one step.
 *
 * @param latencies of replies with items, from when the request was due to be sent; unit:
 *     nanoseconds; ascending; not copied for readers
 * @param refusals the same of replies without items
 * @param seconds for which requests were sent
 * @param limit within which a reply is of use; unit: nanoseconds
 */
record Replied(int sent, long[] latencies, long[] refusals, double seconds, long limit) {
  Replied {
    latencies = LongStream.of(latencies).sorted().toArray();
    refusals = LongStream.of(refusals).sorted().toArray();
  }

  /** Replies with items within the limit, a second. */
  double goodput() {
    return good() / seconds;
  }

  long good() {
    return Arrays.stream(latencies).filter(each -> each <= limit).count();
  }

  double p50Millis() {
    return millis(latencies, .5);
  }

  double p99Millis() {
    return millis(latencies, .99);
  }

  /** Writes all of it. */
  ObjectNode into(ObjectNode line) {
    return line.put("seconds", rounded(seconds))
        .put("sent", sent)
        .put("good", good())
        .put("late", latencies.length - good())
        .put("refused", refusals.length)
        .put("unanswered", sent - latencies.length - refusals.length)
        .put("good_per_s", rounded(goodput()))
        .put("p50_ms", rounded(p50Millis()))
        .put("p99_ms", rounded(p99Millis()))
        .put("refused_p50_ms", rounded(millis(refusals, .5)))
        .put("refused_p99_ms", rounded(millis(refusals, .99)));
  }

  private static double millis(long[] nanos, double share) {
    return nanos.length == 0
        ? 0
        : nanos[Math.max(0, (int) Math.ceil(share * nanos.length) - 1)] / 1e6;
  }
}
