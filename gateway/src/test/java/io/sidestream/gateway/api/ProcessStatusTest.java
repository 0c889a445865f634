package io.sidestream.gateway.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidestream.admin.AdminConfig;
import io.sidestream.admin.AdminServer;
import io.sidestream.admin.BearerToken;
import io.sidestream.admin.Health;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProcessStatusTest {
  @Test
  void now_tokenOfTheAdminPort_isCarried() throws Exception {
    BearerToken token = BearerToken.of("admin.token", "a-token-of-some-length");
    Health health = new Health(Map.of("jobs", () -> true));
    try (AdminServer admin =
        AdminServer.start(
            new AdminConfig("127.0.0.1", 0, Optional.of(token)),
            health,
            () -> "sidestream_replies_total 3.0\n",
            Map.of())) {
      URI port = URI.create("http://127.0.0.1:" + admin.port());
      HttpClient http = ProcessStatus.client();

      ObjectNode known = answer(new ProcessStatus("index", port, Optional.of(token), http));
      assertEquals(3, known.at("/metrics/sidestream_replies_total").asDouble());
      assertTrue(known.at("/health/jobs").asBoolean());

      ObjectNode stranger = answer(new ProcessStatus("index", port, Optional.empty(), http));
      assertTrue(stranger.get("ready").asBoolean());
      assertTrue(stranger.get("metrics").isEmpty());
      assertEquals("refuses the token of this gateway", stranger.get("detail").asText());
    }
  }

  @Test
  void now_responseThatStopsAfterItsHeaders_isNoAnswer() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      URI port = URI.create("http://127.0.0.1:" + server.getLocalPort());
      var status = new ProcessStatus("index", port, Optional.empty(), ProcessStatus.client()).now();
      try (Socket one = server.accept();
          Socket other = server.accept()) {
        for (Socket asked : List.of(one, other)) {
          asked
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".getBytes(US_ASCII));
        }

        assertTrue(isSilent(status.get(20, TimeUnit.SECONDS)));
      }
    }
  }

  /** A busy machine may need more than the time of one question. */
  private static ObjectNode answer(ProcessStatus process) {
    ObjectNode status = process.now().join();
    for (int again = 0; again < 10 && isSilent(status); again++) {
      status = process.now().join();
    }
    return status;
  }

  private static boolean isSilent(ObjectNode status) {
    return status.path("detail").asText().equals("does not answer");
  }

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
