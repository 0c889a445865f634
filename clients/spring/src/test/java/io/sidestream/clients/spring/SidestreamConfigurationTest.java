package io.sidestream.clients.spring;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.kafka.KafkaException;

class SidestreamConfigurationTest {
  /** Kafka's own limit for this is a minute. */
  @Test
  @Timeout(40)
  void ask_noBroker_failsWithinTheTimeoutOfReplies() {
    var template = new SidestreamConfiguration().sidestreamTemplate("127.0.0.1:1", 100);
    template.start();
    try {
      var request = new ProducerRecord<String, String>("search-requests", "{\"query\": \"heist\"}");

      assertThrows(KafkaException.class, () -> template.sendAndReceive(request));
    } finally {
      template.stop();
    }
  }
}
