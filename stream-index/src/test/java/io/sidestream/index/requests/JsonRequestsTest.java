package io.sidestream.index.requests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.replies.BrokerTime;
import io.sidestream.index.replies.Replies;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.index.replies.TopicProbe;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemBoost;
import io.sidestream.schemas.ItemFilter;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.Selection;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events and requests of clients without Avro. */
class JsonRequestsTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final RequestHeaders NAMES = RequestHeaders.DEFAULT;
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path state;

  private final Replies replies = new Replies(NAMES, TOPICS, Set.of());
  private TopologyTestDriver driver;

  @BeforeEach
  void start() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Properties settings = new Properties();
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    driver =
        new TopologyTestDriver(
            PromptTopology.build(
                TOPICS,
                new ReplySender(
                    producer,
                    producer,
                    replies,
                    topic -> TopicProbe.Answer.WRITABLE,
                    BrokerTime.unknown(),
                    registry),
                HistoryRule.of(new WindowLimits(3, Duration.ofDays(1))),
                Set.of("genre", "year"),
                true,
                Refusals.NONE,
                registry,
                Tracing.OFF,
                Encounters.NONE),
            settings);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void recommendation_ofAUserUnderKeysOfAllForms_hasTheWholeHistory() throws Exception {
    int at = 1;
    for (String key : List.of("7", "\"7\"", "{\"id\": 7}")) {
      send(
          TOPICS.interactions(),
          key,
          "{\"user\": \"7\", \"item\": \"i%d\", \"kind\": \"view\", \"at\": %d}"
              .formatted(at, NOW.toEpochMilli() + at++),
          new RecordHeaders());
    }
    send(TOPICS.recommendationRequests(), "k", "{\"user\": \"7\"}", new RecordHeaders());

    Prompt.ForRecommendation prompt =
        (Prompt.ForRecommendation) Codecs.prompt().decode(read(TOPICS.prompts()).value());

    assertEquals(List.of(new ItemId("i1"), new ItemId("i2"), new ItemId("i3")), prompt.history());
    assertTrue(prompt.userKnown());
  }

  @Test
  void search_inJson_asksForItsReplyInJson() {
    send(TOPICS.searchRequests(), "k", "{\"query\": \"heat\"}", new RecordHeaders());
    assertTrue(NAMES.wantsJson(read(TOPICS.prompts()).headers()));

    Headers avro = new RecordHeaders().add(NAMES.replyFormat(), utf8("avro"));
    send(TOPICS.searchRequests(), "k", "{\"query\": \"heat\"}", avro);
    assertFalse(NAMES.wantsJson(read(TOPICS.prompts()).headers()));
  }

  @Test
  void search_malformedJson_isRejectedAsItWasAndAnsweredInJson() throws Exception {
    String request = "{\"query\": \"heat\", \"k\": \"ten\"}";
    send(TOPICS.searchRequests(), "k", request, new RecordHeaders());

    TestRecord<byte[], byte[]> rejected = read(TOPICS.rejectedOf(TOPICS.searchRequests()));
    Reply reply = Codecs.jsonReply().decode(read(TOPICS.searchResults()).value());

    assertArrayEquals(utf8(request), rejected.value());
    assertFalse(rejected.headers().headers(NAMES.replyFormat()).iterator().hasNext());
    assertEquals(Reply.Status.INVALID, reply.status());
    assertEquals("field \"k\" is a text, expected a whole number", reply.detail());
  }

  @Test
  void search_selection_isInThePrompt() throws Exception {
    send(
        TOPICS.searchRequests(),
        "k",
        "{\"query\": \"heat\", \"offset\": 10, \"diversity\": 0.5, \"filters\": ["
            + "{\"attribute\": \"genre\", \"anyOf\": [\"Crime\"], \"noneOf\": [\"War\"]},"
            + "{\"attribute\": \"year\", \"atLeast\": 1990}], \"boosts\": ["
            + "{\"attribute\": \"genre\", \"anyOf\": [\"Crime\"], \"addend\": 2}], "
            + "\"generation\": 7}",
        new RecordHeaders());

    Prompt prompt = Codecs.prompt().decode(read(TOPICS.prompts()).value());

    assertEquals(
        new Selection(
            List.of(
                new ItemFilter(
                    "genre", List.of("Crime"), List.of("War"), Optional.empty(), Optional.empty()),
                new ItemFilter(
                    "year", List.of(), List.of(), Optional.of(1990.0), Optional.empty())),
            10,
            0.5,
            List.of(
                new ItemBoost(
                    new ItemFilter(
                        "genre", List.of("Crime"), List.of(), Optional.empty(), Optional.empty()),
                    2)),
            Optional.of(new Generation(7))),
        prompt.selection());
  }

  @Test
  void search_generationThatIsNone_isInvalid() throws Exception {
    send(
        TOPICS.searchRequests(), "k", "{\"query\": \"q\", \"generation\": 0}", new RecordHeaders());

    Reply reply = Codecs.jsonReply().decode(read(TOPICS.searchResults()).value());

    assertEquals(Reply.Status.INVALID, reply.status());
    assertEquals("generation number is 0, expected 1 to 999999999999999999", reply.detail());
  }

  @Test
  void recommendation_likeAnItem_isAPromptAfterItAndWithoutIt() throws Exception {
    send(
        TOPICS.recommendationRequests(),
        "k",
        "{\"like\": \"i1\", \"excludeSeen\": false, \"excluded\": [\"i2\"], \"offset\": 10}",
        new RecordHeaders());

    Prompt.ForRecommendation prompt =
        (Prompt.ForRecommendation) Codecs.prompt().decode(read(TOPICS.prompts()).value());

    assertEquals(List.of(new ItemId("i1")), prompt.history());
    assertEquals(Set.of(new ItemId("i1"), new ItemId("i2")), prompt.excluded());
    assertEquals(10, prompt.selection().offset());
  }

  @Test
  void request_filterOnOtherAttribute_isInvalidAndNamesTheSetting() throws Exception {
    String filters = "\"filters\": [{\"attribute\": \"colour\", \"anyOf\": [\"red\"]}]}";
    send(TOPICS.searchRequests(), "k", "{\"query\": \"heat\", " + filters, new RecordHeaders());
    send(TOPICS.recommendationRequests(), "k", "{\"user\": \"u\", " + filters, new RecordHeaders());

    for (Topic results : List.of(TOPICS.searchResults(), TOPICS.recommendationResults())) {
      assertEquals(
          "filter is on attribute colour, expected one of index.filter.attributes: [genre, year]",
          Codecs.jsonReply().decode(read(results).value()).detail());
    }
  }

  @Test
  void request_boostOnOtherAttribute_isInvalidLikewise() throws Exception {
    send(
        TOPICS.searchRequests(),
        "k",
        "{\"query\": \"heat\", \"boosts\": ["
            + "{\"attribute\": \"colour\", \"anyOf\": [\"red\"], \"addend\": 1}]}",
        new RecordHeaders());

    assertEquals(
        "boost is on attribute colour, expected one of index.filter.attributes: [genre, year]",
        Codecs.jsonReply().decode(read(TOPICS.searchResults()).value()).detail());
  }

  private void send(Topic topic, String key, String value, Headers headers) {
    driver
        .createInputTopic(topic.name(), new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(utf8(key), utf8(value), headers));
  }

  private TestRecord<byte[], byte[]> read(Topic topic) {
    return driver
        .createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecord();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
