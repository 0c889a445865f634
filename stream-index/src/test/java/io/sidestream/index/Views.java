package io.sidestream.index;

import io.sidestream.index.serving.TinyGeneration;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What numbered users view, and what is recommended to them, on the topics of the defaults. */
final class Views {
  private static final Topics TOPICS = Topics.DEFAULT;

  private Views() {}

  /** Says that a generation is live. */
  static void announce(Caller caller, TinyGeneration generation) throws Exception {
    caller.send(
        new ProducerRecord<>(
            TOPICS.generations().name(),
            utf8("1"),
            Codecs.generationAnnouncement().encode(generation.announced(GenerationState.LIVE))));
  }

  static ProducerRecord<byte[], byte[]> of(int user, String item) {
    Interaction view = new Interaction(id(user), new ItemId(item), "view", 1, Instant.EPOCH);
    return new ProducerRecord<>(
        TOPICS.interactions().name(), utf8(view.user().value()), Codecs.interaction().encode(view));
  }

  /** At most k items that the user did not view. */
  static Reply recommended(Caller caller, int user, int k) throws Exception {
    RecommendationRequest request =
        new RecommendationRequest(
            Optional.of(id(user)), List.of(), k, true, Set.of(), Optional.empty());
    return Codecs.reply()
        .decode(
            caller
                .ask(
                    new ProducerRecord<>(
                        TOPICS.recommendationRequests().name(),
                        Codecs.recommendationRequest().encode(request)))
                .value());
  }

  private static UserId id(int user) {
    return new UserId("user-" + user);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
