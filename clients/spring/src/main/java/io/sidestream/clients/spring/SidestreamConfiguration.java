package io.sidestream.clients.spring;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;

/**
 * What one instance of an application needs: both result topics are shared by all instances, each
 * of which reads them in a group of its own and keeps the replies to its own requests.
 */
@Configuration
public class SidestreamConfiguration {
  private static final String ERROR_HEADER = "sidestream_error";

  /**
   * Requests and replies are JSON in strings; the time-out is how long a reply is awaited, and how
   * long a call waits for brokers that are away. Requests that they do not take are dropped after
   * that, since their callers have stopped waiting.
   */
  @Bean
  public ReplyingKafkaTemplate<String, String, String> sidestreamTemplate(
      @Value("${sidestream.bootstrap.servers:127.0.0.1:9092}") String bootstrapServers,
      @Value("${sidestream.timeout.ms:5000}") long timeoutMillis) {
    Map<String, Object> producer =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.LINGER_MS_CONFIG,
            0,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            timeoutMillis,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) Math.min(timeoutMillis, 30_000), // of a connection that says nothing
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            Math.toIntExact(timeoutMillis));
    Map<String, Object> consumer =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    ContainerProperties replies =
        new ContainerProperties("search-results", "recommendation-results");
    replies.setGroupId("my-application-" + UUID.randomUUID());
    ReplyingKafkaTemplate<String, String, String> template =
        new ReplyingKafkaTemplate<>(
            new DefaultKafkaProducerFactory<>(
                producer, new StringSerializer(), new StringSerializer()),
            new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(
                    consumer, new StringDeserializer(), new StringDeserializer()),
                replies));
    template.setSharedReplyTopic(true); // replies to other instances are no errors
    template.setDefaultReplyTimeout(Duration.ofMillis(timeoutMillis));
    template.setReplyErrorChecker(SidestreamConfiguration::failure);
    return template;
  }

  /** Fails the future of a reply that has no items because of an error. */
  private static @Nullable Exception failure(ConsumerRecord<?, ?> reply) {
    Header error = reply.headers().lastHeader(ERROR_HEADER);
    return error == null
        ? null
        : new SidestreamException(new String(error.value(), StandardCharsets.UTF_8));
  }
}
