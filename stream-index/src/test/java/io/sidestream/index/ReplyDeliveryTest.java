package io.sidestream.index;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.admin.ProcessMetrics;
import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.index.replies.BrokerTime;
import io.sidestream.index.replies.OutgoingReply;
import io.sidestream.index.replies.Replies;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.index.replies.TopicProbe;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.RequestHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replies on a real broker whose topics, and which itself, go and come back. */
class ReplyDeliveryTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final String RESULTS = TOPICS.searchResults().name();
  private static final String NAMED = "my-replies";
  private static final byte[] KEY = {7};
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Reply REPLY =
      new Reply(Reply.Status.NOT_READY, "later", Optional.empty(), List.of());

  @TempDir Path directory;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private EmbeddedBroker broker;
  private Admin admin;
  private ReplySender sender;

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedBroker.start(directory, 0);
    Map<String, Object> shortLimits =
        Map.of(
            "bootstrap.servers", broker.bootstrapServers(),
            "request.timeout.ms", 1_000,
            "delivery.timeout.ms", 1_500,
            "default.api.timeout.ms", 2_000,
            "max.block.ms", 1_000,
            "metadata.max.age.ms", 500);
    KafkaClients clients = new KafkaClients(shortLimits, new ProcessMetrics());
    admin = clients.admin();
    create(RESULTS);
    create(NAMED);
    sender =
        new ReplySender(
            clients.producer(),
            clients.namedTopicProducer(),
            new Replies(RequestHeaders.DEFAULT, TOPICS, Set.of(NAMED)),
            TopicProbe.of(admin),
            BrokerTime.unknown(),
            registry);
  }

  @AfterEach
  void stop() throws Exception {
    sender.close();
    admin.close(Duration.ZERO);
    broker.close();
  }

  /** The producer holds what it has for a topic that is gone, as long as it is told to. */
  @Tag("B19")
  @Test
  void send_namedTopicGoesAndComesBack_isRedirectedMeanwhile() throws Exception {
    sendNamed().get();
    assertEquals(1, records(NAMED));
    assertFalse(sender.brokerTime().isKnown(), "named topics may bear times of their producers");

    admin.deleteTopics(List.of(NAMED)).all().get();
    sendNamed().get();
    sendNamed().get();
    assertEquals(2, records(RESULTS));
    assertEquals(2, redirected("not_writable"));
    assertTrue(sender.brokerTime().isKnown());

    create(NAMED);
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              sendNamed().get();
              assertEquals(1, records(NAMED));
            });
    assertEquals(0, redirected("not_allowed"));
  }

  @Tag("F1")
  @Tag("F8")
  @Test
  void send_brokersAway_waitsAndIsNotRedirected() throws Exception {
    sendNamed().get();
    int port = Integer.parseInt(broker.bootstrapServers().replaceAll(".*:", ""));
    broker.close();
    CompletableFuture<Void> delivered =
        CompletableFuture.supplyAsync(this::sendNamed).thenCompose(sent -> sent);
    Thread.sleep(2_500); // beyond the delivery timeout
    broker = EmbeddedBroker.start(directory, port);
    delivered.get();
    assertEquals(2, records(NAMED));
    assertEquals(0, redirected("not_writable"));
  }

  /** B18: not dropped in silence, and not waited for without end. */
  @Tag("B18")
  @Test
  void send_topicThatMustExistIsMissing_failsByItsName() {
    CompletableFuture<Void> delivery =
        sender.send(new ProducerRecord<>("prompts.rejected", KEY, KEY));
    ExecutionException e = assertThrows(ExecutionException.class, delivery::get);
    assertEquals("topic prompts.rejected cannot be written", e.getCause().getMessage());
  }

  private CompletableFuture<Void> sendNamed() {
    Headers request =
        new RecordHeaders()
            .add(RequestHeaders.DEFAULT.replyTopic(), NAMED.getBytes(StandardCharsets.UTF_8));
    OutgoingReply reply = sender.address(Task.SEARCH, request, REPLY);
    assertArrayEquals(reply.value(), reply.redirected().value());
    return sender.send(KEY, reply);
  }

  private double redirected(String reason) {
    return registry.counter("sidestream.replies.redirected", "reason", reason).count();
  }

  private void create(String topic) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
  }

  private long records(String topic) throws Exception {
    TopicPartition partition = new TopicPartition(topic, 0);
    return admin
        .listOffsets(Map.of(partition, OffsetSpec.latest()))
        .partitionResult(partition)
        .thenApply(ListOffsetsResultInfo::offset)
        .get();
  }
}
