package io.sidestream.ingest.flow;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.Namespace;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KafkaConnectorsTest {
  private static final Map<String, String> CLIENTS = Map.of("bootstrap.servers", "127.0.0.1:9092");

  @Tag("F10")
  @Test
  void new_transactionTimeoutBeyondTheBrokers_throws() {
    assertRefused(CLIENTS, KafkaConnectors.TRANSACTION_TIMEOUT_MAX.plusMillis(1));
  }

  @Tag("F10")
  @Test
  void new_transactionTimeoutTooShort_throws() {
    assertRefused(CLIENTS, KafkaConnectors.TRANSACTION_TIMEOUT_MIN.minusMillis(1));
  }

  @Test
  void new_noBootstrapServers_throws() {
    assertRefused(Map.of(), KafkaConnectors.TRANSACTION_TIMEOUT_MAX);
  }

  private static void assertRefused(Map<String, String> clients, Duration transactionTimeout) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new KafkaConnectors(Namespace.DEFAULT, clients, transactionTimeout));
  }
}
