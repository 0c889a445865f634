package io.sidestream.gateway;

import io.sidestream.schemas.Explanation;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SemanticId;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.RequestHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Replies to requests with the same three items, without the one to find similar ones of, or as a
 * query says: "silent", "not ready".
 */
final class AnsweringIndex implements AutoCloseable {
  static final Generation GENERATION = new Generation(7);

  private final KafkaConsumer<byte[], byte[]> requests;
  private final Producer<byte[], byte[]> replies;
  private final Topics topics;
  private final Thread thread = new Thread(this::run, "answering-index");

  AnsweringIndex(String bootstrapServers, Topics topics) {
    this.topics = topics;
    Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
    requests = new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    replies = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    List<TopicPartition> all =
        Stream.of(topics.searchRequests(), topics.recommendationRequests())
            .flatMap(topic -> requests.partitionsFor(topic.name()).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    requests.assign(all);
    requests.seekToEnd(all);
    all.forEach(requests::position);
    thread.start();
  }

  private void run() {
    try (requests) {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> request : requests.poll(Duration.ofMillis(100))) {
          reply(request);
        }
      }
    } catch (WakeupException e) {
      // Closed.
    } catch (MalformedRecordException e) {
      throw new AssertionError(e);
    }
  }

  private void reply(ConsumerRecord<byte[], byte[]> request) throws MalformedRecordException {
    boolean search = request.topic().equals(topics.searchRequests().name());
    String query = search ? Codecs.searchRequest().decode(request.value()).query() : "a history";
    Optional<ItemId> like =
        search ? Optional.empty() : Codecs.recommendationRequest().decode(request.value()).like();
    if (query.equals("silent")) {
      return;
    }
    RequestHeaders names = RequestHeaders.DEFAULT;
    var reply =
        new ProducerRecord<>(
            names.replyTopicOf(request.headers()).orElseThrow(),
            names.replyPartitionOf(request.headers()).orElseThrow(),
            request.key(),
            Codecs.reply().encode(reply(query, like)));
    reply
        .headers()
        .add(names.correlationId(), names.correlationIdOf(request.headers()).orElseThrow());
    replies.send(reply);
  }

  private static Reply reply(String query, Optional<ItemId> like) {
    if (query.equals("not ready")) {
      return new Reply(Reply.Status.NOT_READY, "no generation", Optional.empty(), List.of());
    }
    List<RankedItem> items = new ArrayList<>();
    List<Explanation.Beam> beams = new ArrayList<>();
    List<Map<String, Double>> features = new ArrayList<>();
    List<List<Explanation.Attribution>> attributions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ItemId item = new ItemId("m" + i);
      if (like.equals(Optional.of(item))) {
        continue;
      }
      int[] codes = {4, i, 9 - i};
      items.add(new RankedItem(item, 3.5 - i, new SemanticId(GENERATION, codes)));
      beams.add(new Explanation.Beam(codes, -0.5 - i, 1, List.of(item)));
      features.add(Map.of("generator", -0.5 - i, "dense", 0.4));
      attributions.add(List.of(seen("m0", 0.3), seen("m1", 0.1)));
    }
    return new Reply(
        Reply.Status.OK,
        "",
        Optional.of(GENERATION),
        items,
        Optional.of(
            new Explanation(
                beams, Map.of("generator", 1.0, "dense", 10.0), features, attributions)));
  }

  private static Explanation.Attribution seen(String item, double cosine) {
    return new Explanation.Attribution("dense", Explanation.Attribution.ITEM, item, cosine);
  }

  @Override
  public void close() {
    requests.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    replies.close();
  }
}
