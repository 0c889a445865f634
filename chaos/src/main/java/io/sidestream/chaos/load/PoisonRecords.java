package io.sidestream.chaos.load;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.RecordCheck;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records for every topic of input, all bad. */
public final class PoisonRecords {
  private static final int MAX_BYTES = 400;
  private static final String ID = "poison";

  private final Topics topics;
  private final RecordCheck check;
  private final List<byte[]> good;

  public PoisonRecords(Topics topics) {
    this.topics = topics;
    this.check = new RecordCheck(topics);
    ItemId item = new ItemId(ID);
    UserId user = new UserId(ID);
    this.good =
        List.of(
            Codecs.item().encode(new Item(item, "A film", Map.of(), Map.of())),
            Codecs.interaction()
                .encode(new Interaction(user, item, "view", 1, Instant.ofEpochSecond(1))),
            Codecs.search()
                .encode(new Search("a film", item, Optional.of(user), Instant.ofEpochSecond(1))),
            Codecs.searchRequest()
                .encode(new SearchRequest("a film", 3, Set.of(), Optional.empty())),
            Codecs.recommendationRequest()
                .encode(
                    new RecommendationRequest(
                        Optional.of(user), List.of(), 3, true, Set.of(), Optional.empty())),
            bytes("{\"id\": \"poison\", \"title\": \"A film\"}"),
            bytes("{\"query\": \"a film\", \"k\": 3}"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The topics that they are for. */
  public List<Topic> topics() {
    return List.of(
        topics.items(),
        topics.interactions(),
        topics.searches(),
        topics.trainingRequests(),
        topics.generations(),
        topics.searchRequests(),
        topics.recommendationRequests());
  }

  /** Some for every topic, in an order of this randomness. */
  public List<ProducerRecord<byte[], byte[]>> draw(int perTopic, SplittableRandom random) {
    List<ProducerRecord<byte[], byte[]>> poison = new ArrayList<>();
    for (int i = 0; i < perTopic; i++) {
      for (Topic topic : topics()) {
        poison.add(draw(topic, random));
      }
    }
    return poison;
  }

  /** One that every process must reject. */
  private ProducerRecord<byte[], byte[]> draw(Topic topic, SplittableRandom random) {
    while (true) {
      byte[] key = random.nextInt(6) == 0 ? null : changed(bytes(ID), random);
      byte[] value = changed(good.get(random.nextInt(good.size())), random);
      if (isRejected(topic, key, value)) {
        return new ProducerRecord<>(topic.name(), key, value);
      }
    }
  }

  private boolean isRejected(Topic topic, byte @Nullable [] key, byte[] value) {
    try {
      check.check(topic, key, value);
      return false;
    } catch (MalformedRecordException e) {
      return true;
    }
  }

  private static byte[] changed(byte[] bytes, SplittableRandom random) {
    byte[] changed = bytes.clone();
    int at = random.nextInt(changed.length);
    switch (random.nextInt(5)) {
      case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed = Arrays.copyOf(changed, at);
      case 2 -> {
        changed = new byte[random.nextInt(MAX_BYTES)];
        random.nextBytes(changed);
      }
      case 3 -> Arrays.fill(changed, at, changed.length, (byte) 0xFF);
      default -> {}
    }
    return changed;
  }
}
