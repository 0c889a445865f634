package io.sidestream.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessStatusTest {
  @Test
  void sums_samplesOfOneMetric_areAddedWithoutBuckets() {
    String page =
        """
        # HELP sidestream_replies_total Replies
        sidestream_replies_total{status="OK"} 3.0
        sidestream_replies_total{status="NOT_READY"} 2.0
        sidestream_reply_latency_seconds_bucket{le="0.1"} 5.0
        sidestream_reply_latency_seconds_sum 0.25
        sidestream_odd NaN
        jvm_info 1.0
        """;

    assertEquals(
        Map.of("sidestream_replies_total", 5.0, "sidestream_reply_latency_seconds_sum", 0.25),
        ProcessStatus.sums(page));
  }
}
