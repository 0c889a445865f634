package io.sidestream.clients.spring;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;

/** Asks a running system; requests and replies are the JSON of {@code docs/ask.md}. */
public final class SidestreamQueries {
  private final ReplyingKafkaTemplate<String, String, String> template;

  /** Waits until the instance has the partitions that its replies come by. */
  public SidestreamQueries(
      ReplyingKafkaTemplate<String, String, String> template, Duration startTimeout)
      throws InterruptedException {
    this.template = template;
    if (!template.waitForAssignment(startTimeout)) {
      throw new IllegalStateException("no partitions of the result topics within " + startTimeout);
    }
  }

  /** The reply to {@code {"query": "a heist", "k": 10}} and the like. */
  public CompletableFuture<String> search(String request) {
    return ask("search-requests", request);
  }

  /** The reply to {@code {"user": "ann", "k": 10}} and the like. */
  public CompletableFuture<String> recommend(String request) {
    return ask("recommendation-requests", request);
  }

  private CompletableFuture<String> ask(String topic, String request) {
    return template
        .sendAndReceive(new ProducerRecord<>(topic, request))
        .thenApply(ConsumerRecord::value);
  }
}
