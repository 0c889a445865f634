package io.sidestream.ingest.flow;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaEdgeTest {
  private static final Map<String, String> CLIENTS = Map.of("bootstrap.servers", "127.0.0.1:9092");

  @Test
  void new_transactionTimeoutBeyondTheBrokers_throws() {
    assertRefused(CLIENTS, KafkaEdge.TRANSACTION_TIMEOUT_MOST.plusMillis(1));
  }

  @Test
  void new_transactionTimeoutTooShort_throws() {
    assertRefused(CLIENTS, KafkaEdge.TRANSACTION_TIMEOUT_LEAST.minusMillis(1));
  }

  @Test
  void new_noBootstrapServers_throws() {
    assertRefused(Map.of(), KafkaEdge.TRANSACTION_TIMEOUT_MOST);
  }

  private static void assertRefused(Map<String, String> clients, Duration transactionTimeout) {
    assertThrows(IllegalArgumentException.class, () -> new KafkaEdge(clients, transactionTimeout));
  }
}
