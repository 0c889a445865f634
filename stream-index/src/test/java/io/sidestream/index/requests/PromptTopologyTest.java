package io.sidestream.index.requests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.replies.BrokerTime;
import io.sidestream.index.replies.Replies;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.index.replies.TopicProbe;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.EventId;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Namespace;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.kafka.EventTime;
import io.sidestream.schemas.kafka.RecordSize;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.schemas.kafka.RequestUnit;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.WindowLimits;
import io.sidestream.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptTopologyTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final RequestHeaders NAMES = RequestHeaders.DEFAULT;
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final KindWeights WEIGHTS =
      KindWeights.parse(List.of("dislike=-1", "impression=0"));
  private static final byte[] CALLER = {9, 8, 7};
  private static final byte[] CORRELATION = {0, -1, 2, -3};

  private static final Reply OVERLOADED =
      new Reply(Reply.Status.OVERLOADED, "too many wait", Optional.empty(), List.of());

  private record Met(Prompt before, ItemId item, Instant at) {}

  /** What was asked before a request became a prompt. */
  private record Asked(
      Task task, Optional<byte[]> key, Instant requested, Optional<Instant> deadline) {}

  @TempDir Path state;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<Met> met = new ArrayList<>();
  private final Encounters encounters =
      new Encounters() {
        @Override
        public boolean follows(String who) {
          return who.equals("u1");
        }

        @Override
        public void met(Prompt before, ItemId item, Instant at) {
          met.add(new Met(before, item, at));
        }
      };

  private final List<Asked> asked = new ArrayList<>();
  private Optional<Reply> refusal = Optional.empty();
  private TopologyTestDriver driver;
  private TestOutputTopic<byte[], byte[]> prompts;

  @BeforeEach
  void start() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    driver = new TopologyTestDriver(topology(), settings);
    prompts = out(TOPICS.prompts());
  }

  private Topology topology() {
    return topology(TOPICS);
  }

  private Topology topology(Topics topics) {
    BrokerTime time = new BrokerTime(Clock.fixed(NOW, ZoneOffset.UTC), () -> 0);
    time.appended(NOW.toEpochMilli());
    return PromptTopology.build(
        topics,
        new ReplySender(
            producer,
            producer,
            new Replies(NAMES, TOPICS, Set.of("my-replies")),
            topic -> TopicProbe.Answer.WRITABLE,
            time,
            registry),
        new HistoryRule(new WindowLimits(3, Duration.ofDays(1)), WEIGHTS, 2, 0),
        Set.of("genre", "year"),
        false,
        (task, key, requested, deadline) -> {
          asked.add(new Asked(task, Optional.ofNullable(key), requested, deadline));
          return refusal;
        },
        registry,
        Tracing.OFF,
        encounters);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void build_topology_isAsWrittenDown() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("topology.txt")) {
      String expected = new String(golden.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(expected.strip(), topology().describe().toString().strip());
    }
  }

  /** Kafka Streams puts the application id before them, with a hyphen. */
  @Test
  void build_topology_itsInternalTopicsLeaveRoomForTheApplicationId() {
    Set<String> internal =
        topology().describe().subtopologies().stream()
            .flatMap(part -> part.nodes().stream())
            .filter(TopologyDescription.Source.class::isInstance)
            .flatMap(node -> ((TopologyDescription.Source) node).topicSet().stream())
            .filter(topic -> topic.endsWith("-repartition"))
            .collect(Collectors.toSet());

    assertEquals(
        Set.of("interactions-by-user-repartition", "requests-by-user-repartition"), internal);
    internal.forEach(
        topic ->
            assertTrue(
                Namespace.MAX_APPLICATION_ID + 1 + topic.length() <= Namespace.MAX_NAME, topic));
  }

  @Test
  void search_valid_becomesAPromptWithKeyAndHeaders() throws Exception {
    Headers headers = headers();
    search(headers, new SearchRequest("  a heist ", 7, Set.of(id("x")), Optional.empty()));
    TestRecord<byte[], byte[]> prompt = prompts.readRecord();
    assertArrayEquals(CALLER, prompt.key());
    assertEquals(headers, withoutTime(prompt.headers(), prompt.timestamp()));
    assertEquals(
        new Prompt.ForSearch("a heist", 7, Set.of(id("x")), Optional.empty()),
        Codecs.prompt().decode(prompt.value()));
  }

  @Test
  void search_emptyQuery_becomesAPrompt() throws Exception {
    search(headers(), new SearchRequest("  ", 7, Set.of(), Optional.empty()));
    assertEquals("", ((Prompt.ForSearch) next()).query());
  }

  @Test
  void search_withoutKey_becomesAPromptWithoutKey() {
    in(TOPICS.searchRequests())
        .pipeInput(
            null,
            Codecs.searchRequest().encode(new SearchRequest("q", 1, Set.of(), Optional.empty())));
    assertNull(prompts.readRecord().key());
  }

  @Test
  void search_pastItsDeadline_isDroppedAndCounted() {
    search(headers(), new SearchRequest("q", 1, Set.of(), Optional.of(NOW.minusMillis(1))));
    assertTrue(prompts.isEmpty());
    assertEquals(1, counted("search", "expired"));
    search(headers(), new SearchRequest("q", 1, Set.of(), Optional.of(NOW)));
    assertFalse(prompts.isEmpty());
  }

  @Test
  void search_poison_isRejectedAsItCameAndRepliedTo() throws Exception {
    byte[] poison = {1, 2, 3};
    Headers headers = headers();
    in(TOPICS.searchRequests()).pipeInput(new TestRecord<>(CALLER, poison, headers));
    TestRecord<byte[], byte[]> rejected =
        out(TOPICS.rejectedOf(TOPICS.searchRequests())).readRecord();
    assertArrayEquals(poison, rejected.value());
    assertArrayEquals(CALLER, rejected.key());
    assertEquals("unreadable", text(rejected.headers(), "sidestream_reason"));
    assertEquals("search-requests", text(rejected.headers(), "__connect.errors.topic"));
    TestRecord<byte[], byte[]> reply = out(TOPICS.searchResults()).readRecord();
    assertArrayEquals(CALLER, reply.key());
    assertArrayEquals(CORRELATION, reply.headers().lastHeader(NAMES.correlationId()).value());
    assertEquals("INVALID", text(reply.headers(), NAMES.status()));
    Reply read = Codecs.reply().decode(reply.value());
    assertEquals(Reply.Status.INVALID, read.status());
    assertEquals(read.detail(), text(reply.headers(), NAMES.error()));
    assertTrue(prompts.isEmpty());
  }

  @Test
  void search_mistakeThatIsNamedAtLength_isRejectedAndRepliedTo() throws Exception {
    String name = "x".repeat(20_000);
    List<String> mistakes =
        List.of(
            "{\"query\": \"q\", \"filters\": [{\"attribute\": \"%s\"}]}".formatted(name),
            "{\"%s\": 1, \"%s\": 2}".formatted(name, name));
    for (String mistake : mistakes) {
      in(TOPICS.searchRequests()).pipeInput(new TestRecord<>(CALLER, utf8(mistake), headers()));
      TestRecord<byte[], byte[]> reply = out(TOPICS.searchResults()).readRecord();
      Reply read = Codecs.jsonReply().decode(reply.value());
      assertEquals(Reply.Status.INVALID, read.status());
      assertTrue(read.detail().endsWith("x…"), read.detail());
    }
    assertEquals(2, out(TOPICS.rejectedOf(TOPICS.searchRequests())).readRecordsToList().size());
  }

  /** Brokers take such requests where they are compressed. */
  @Test
  void request_largerThanTopicsTakeUncompressed_isRejectedAndRepliedToWithWhatFits() {
    byte[] large = new byte[3 * Topics.MAX_DERIVED_BYTES];
    byte[] request =
        Codecs.searchRequest().encode(new SearchRequest("q", 1, Set.of(), Optional.empty()));
    Headers traced = headers().remove(NAMES.traceparent()).add(NAMES.traceparent(), large);
    Headers sent = headers().add(NAMES.replyTopic(), utf8("my-replies"));
    List<TestRecord<byte[], byte[]>> requests =
        List.of(
            new TestRecord<>(CALLER, large, headers()),
            new TestRecord<>(large, request, headers()),
            new TestRecord<>(CALLER, request, traced),
            new TestRecord<>(CALLER, request, headers().add("mine", large)),
            new TestRecord<>(large, request, sent));

    requests.forEach(in(TOPICS.searchRequests())::pipeInput);

    var rejected = out(TOPICS.rejectedOf(TOPICS.searchRequests())).readRecordsToList();
    assertEquals(requests.size(), rejected.size());
    rejected.forEach(PromptTopologyTest::assertFits);
    var replies = out(TOPICS.searchResults()).readRecordsToList();
    assertEquals(requests.size() - 1, replies.size());
    for (TestRecord<byte[], byte[]> reply : replies) {
      assertFits(reply);
      assertEquals("INVALID", text(reply.headers(), NAMES.status()));
      assertArrayEquals(CORRELATION, reply.headers().lastHeader(NAMES.correlationId()).value());
    }
    assertEquals(1, producer.history().size());
    assertNull(producer.history().get(0).key());
    assertTrue(prompts.isEmpty());
  }

  private static void assertFits(TestRecord<byte[], byte[]> derived) {
    long bytes = RecordSize.of(derived.key(), derived.value(), derived.headers());
    assertTrue(bytes < Topics.MAX_DERIVED_BYTES, () -> bytes + " bytes");
  }

  @Test
  void interaction_withLargeHeaders_goesByUserWithoutThem() {
    in(TOPICS.interactions())
        .pipeInput(
            new TestRecord<>(
                utf8("u1"),
                interaction("u1", "a"),
                new RecordHeaders().add("large", new byte[Topics.MAX_DERIVED_BYTES])));
    String byUser =
        driver.producedTopicNames().stream()
            .filter(topic -> topic.endsWith("interactions-by-user-repartition"))
            .findFirst()
            .orElseThrow();
    assertEquals(0, out(byUser).readRecord().headers().toArray().length);
  }

  @Test
  void search_poisonNamingItsReplyTopic_isRepliedToThere() {
    Headers headers = headers().add(NAMES.replyTopic(), utf8("my-replies"));
    in(TOPICS.searchRequests()).pipeInput(new TestRecord<>(CALLER, new byte[] {1}, headers));
    assertEquals("my-replies", producer.history().get(0).topic());
    assertArrayEquals(CALLER, producer.history().get(0).key());
    assertTrue(out(TOPICS.searchResults()).isEmpty());
  }

  /** Its prompt would come back to a process that refuses it. */
  @Test
  void search_wouldBeRefused_isRepliedToAtOnceAndMakesNoPrompt() throws Exception {
    refusal = Optional.of(OVERLOADED);
    Instant deadline = NOW.plusSeconds(1);
    byte[] request =
        Codecs.searchRequest().encode(new SearchRequest("q", 1, Set.of(), Optional.of(deadline)));
    in(TOPICS.searchRequests()).pipeInput(new TestRecord<>(CALLER, request, headers(), NOW));
    assertEquals(1, asked.size());
    assertEquals(Task.SEARCH, asked.get(0).task());
    assertArrayEquals(CALLER, asked.get(0).key().orElseThrow());
    assertEquals(NOW, asked.get(0).requested());
    assertEquals(Optional.of(deadline), asked.get(0).deadline());

    List<TestRecord<byte[], byte[]>> replies = out(TOPICS.searchResults()).readRecordsToList();
    assertEquals(1, replies.size());
    assertArrayEquals(CALLER, replies.get(0).key());
    Headers headers = replies.get(0).headers();
    assertArrayEquals(CORRELATION, NAMES.correlationIdOf(headers).orElseThrow());
    assertEquals("OVERLOADED", text(headers, NAMES.status()));
    assertEquals(OVERLOADED.detail(), text(headers, NAMES.error()));
    assertEquals(Reply.Status.OVERLOADED, Codecs.reply().decode(replies.get(0).value()).status());
    assertTrue(prompts.isEmpty());
    assertTrue(out(TOPICS.rejectedOf(TOPICS.searchRequests())).isEmpty());
    assertEquals(1, counted("search", "refused"));
    assertEquals(0, counted("search", "ready"));
  }

  /** It is not joined with the user's history, and changes nothing of it. */
  @Test
  void recommendation_wouldBeRefused_isRepliedToAtOnceAndTheNextFindsTheHistory() throws Exception {
    interact("u1", "a");
    refusal = Optional.of(OVERLOADED);
    recommend(Optional.of(new UserId("u1")), List.of(), false);
    recommend(Optional.empty(), List.of(id("b")), false);
    List<TestRecord<byte[], byte[]>> replies =
        out(TOPICS.recommendationResults()).readRecordsToList();
    assertEquals(
        List.of("OVERLOADED", "OVERLOADED"),
        replies.stream().map(reply -> text(reply.headers(), NAMES.status())).toList());
    assertTrue(prompts.isEmpty());
    assertEquals(2, counted("recommendation", "refused"));

    refusal = Optional.empty();
    recommend(Optional.of(new UserId("u1")), List.of(), false);
    assertEquals(List.of(id("a")), ((Prompt.ForRecommendation) next()).history());
  }

  /** Kafka Streams would wait without end for a topic of its client's that is gone. */
  @Test
  void search_wouldBeRefusedAndNamesItsReplyTopic_becomesAPrompt() {
    refusal = Optional.of(OVERLOADED);
    Headers headers = headers().add(NAMES.replyTopic(), utf8("my-replies"));
    search(headers, new SearchRequest("q", 1, Set.of(), Optional.empty()));
    assertFalse(prompts.isEmpty());
    assertTrue(asked.isEmpty());
  }

  /** What no worker would be given is not refused for their sake. */
  @Test
  void search_invalidOrPastItsDeadline_isNotAskedFor() {
    refusal = Optional.of(OVERLOADED);
    search(headers(), new SearchRequest("q", 1, Set.of(), Optional.of(NOW.minusMillis(1))));
    in(TOPICS.searchRequests()).pipeInput(new TestRecord<>(CALLER, new byte[] {1}, headers()));
    assertTrue(asked.isEmpty());
    assertEquals(
        "INVALID", text(out(TOPICS.searchResults()).readRecord().headers(), "sidestream_status"));
  }

  @Test
  void search_nullValue_isRejected() {
    in(TOPICS.searchRequests()).pipeInput(new TestRecord<>(CALLER, null, headers()));
    TestRecord<byte[], byte[]> rejected =
        out(TOPICS.rejectedOf(TOPICS.searchRequests())).readRecord();
    assertNull(rejected.value());
    assertEquals("unexpected_tombstone", text(rejected.headers(), "sidestream_reason"));
  }

  @Test
  void recommendation_explicitHistory_becomesAPromptAtOnce() throws Exception {
    recommend(Optional.empty(), List.of(id("a"), id("b")), true);
    Prompt.ForRecommendation prompt = (Prompt.ForRecommendation) next();
    assertEquals(List.of(id("a"), id("b")), prompt.history());
    assertTrue(prompt.userKnown());
    assertEquals(Set.of(id("a"), id("b"), id("never")), prompt.excluded());
  }

  @Test
  void recommendation_emptyHistory_becomesAPrompt() throws Exception {
    recommend(Optional.empty(), List.of(), true);
    Prompt.ForRecommendation prompt = (Prompt.ForRecommendation) next();
    assertTrue(prompt.history().isEmpty() && prompt.userKnown());
  }

  @Tag("B16")
  @Test
  void recommendation_unknownUser_isSaidToBeUnknown() throws Exception {
    recommend(Optional.of(new UserId("nobody")), List.of(), false);
    Prompt.ForRecommendation prompt = (Prompt.ForRecommendation) next();
    assertTrue(prompt.history().isEmpty());
    assertFalse(prompt.userKnown());
  }

  @Test
  void recommendation_knownUser_getsTheNewestItemsWithKeyAndHeaders() throws Exception {
    for (String item : List.of("a", "b", "a", "c", "d")) {
      interact("u1", item);
    }
    interact("u2", "z");
    Headers headers = recommend(Optional.of(new UserId("u1")), List.of(), false);
    TestRecord<byte[], byte[]> record = prompts.readRecord();
    assertArrayEquals(CALLER, record.key());
    assertEquals(
        new RecordHeaders(headers).add(RequestUnit.HEADER, RequestUnit.value(new UserId("u1"))),
        withoutTime(record.headers(), record.timestamp()));
    Prompt.ForRecommendation prompt =
        (Prompt.ForRecommendation) Codecs.prompt().decode(record.value());
    assertEquals(List.of(id("a"), id("c"), id("d")), prompt.history());
    assertEquals(Set.of(id("never")), prompt.excluded());
  }

  @Tag("S10")
  @Test
  void s10_idLikeThatOfAnotherUser_getsNothingOfItsHistory() throws Exception {
    interact("u1", "a");
    for (String crafted :
        List.of("u", "u10", "U1", "u1 ", " u1", "u1/", "../u1", "u1,u2", "*", "u%31", "\"u1\"")) {
      recommend(Optional.of(new UserId(crafted)), List.of(), true);
      Prompt.ForRecommendation prompt = (Prompt.ForRecommendation) next();
      assertEquals(List.of(), prompt.history(), crafted);
      assertFalse(prompt.userKnown(), crafted);
      assertEquals(Set.of(id("never")), prompt.excluded(), crafted);
    }
    recommend(Optional.of(new UserId("u1")), List.of(), true);
    assertEquals(List.of(id("a")), ((Prompt.ForRecommendation) next()).history());
  }

  @Tag("L6")
  @Test
  void l6_requestSentTwice_becomesTwoPromptsUnderOneCorrelationId() throws Exception {
    SearchRequest request = new SearchRequest("a heist", 7, Set.of(), Optional.empty());
    search(headers(), request);
    search(headers(), request);
    List<TestRecord<byte[], byte[]>> both = prompts.readRecordsToList();
    assertEquals(2, both.size());
    for (TestRecord<byte[], byte[]> prompt : both) {
      assertArrayEquals(CORRELATION, NAMES.correlationIdOf(prompt.headers()).orElseThrow());
      assertEquals("a heist", ((Prompt.ForSearch) Codecs.prompt().decode(prompt.value())).query());
    }
  }

  @Test
  void recommendation_withoutKey_getsNoneFromItsJourney() {
    in(TOPICS.recommendationRequests())
        .pipeInput(
            null,
            Codecs.recommendationRequest()
                .encode(
                    new RecommendationRequest(
                        Optional.of(new UserId("u1")),
                        List.of(),
                        1,
                        false,
                        Set.of(),
                        Optional.empty())));
    assertNull(prompts.readRecord().key());
  }

  @Test
  void recommendation_dislikedItem_isExcludedUntilItIsLikedAgain() throws Exception {
    interact("u1", "a");
    interact("u1", "b");
    interact("u1", "a", "dislike");
    recommend(Optional.of(new UserId("u1")), List.of(), false);
    Prompt.ForRecommendation prompt = (Prompt.ForRecommendation) next();
    assertEquals(List.of(id("b")), prompt.history());
    assertEquals(Set.of(id("a"), id("never")), prompt.excluded());
    assertEquals(1, registry.counter("sidestream.interactions", "outcome", "disliked").count(), 0);

    interact("u1", "a");
    recommend(Optional.of(new UserId("u1")), List.of(), false);
    Prompt.ForRecommendation after = (Prompt.ForRecommendation) next();
    assertEquals(List.of(id("b"), id("a")), after.history());
    assertEquals(Set.of(id("never")), after.excluded());
  }

  @Test
  void recommendation_trendingWithoutAWindow_isInvalidAndSaysTheSetting() throws Exception {
    byte[] value = Codecs.recommendationRequest().encode(RecommendationRequest.trending(3));
    in(TOPICS.recommendationRequests()).pipeInput(new TestRecord<>(CALLER, value, headers()));
    Reply reply = Codecs.reply().decode(out(TOPICS.recommendationResults()).readValue());
    assertEquals(Reply.Status.INVALID, reply.status());
    assertTrue(reply.detail().contains("index.trending.window"), reply.detail());
  }

  /** Two ids are kept of a user: a copy within them moves nothing, one beyond them does. */
  @Test
  void interaction_copyOfAnEvent_leavesTheHistoryAsItWas() throws Exception {
    named("u1", "a", "1");
    named("u1", "b", "2");
    named("u1", "a", "1");
    recommend(Optional.of(new UserId("u1")), List.of(), false);
    assertEquals(List.of(id("a"), id("b")), ((Prompt.ForRecommendation) next()).history());

    named("u1", "c", "3");
    named("u1", "a", "1");
    recommend(Optional.of(new UserId("u1")), List.of(), false);
    assertEquals(List.of(id("b"), id("c"), id("a")), ((Prompt.ForRecommendation) next()).history());
  }

  private void named(String user, String item, String id) {
    Interaction event =
        new Interaction(new UserId(user), id(item), "view", 1, NOW, Optional.of(new EventId(id)));
    in(TOPICS.interactions()).pipeInput(utf8(user), Codecs.interaction().encode(event));
  }

  @Test
  void interaction_ofAKindThatWeighsNothing_isLeftOut() throws Exception {
    interact("u1", "a", "impression");
    assertEquals(1, registry.counter("sidestream.interactions", "outcome", "left_out").count(), 0);
    recommend(Optional.of(new UserId("u1")), List.of(), false);
    assertFalse(((Prompt.ForRecommendation) next()).userKnown());
  }

  @Test
  void interaction_unreadableOrUnderAnotherKey_isSkippedAndCounted() throws Exception {
    in(TOPICS.interactions()).pipeInput(utf8("u1"), new byte[] {1});
    in(TOPICS.interactions()).pipeInput(utf8("other"), interaction("u1", "a"));
    in(TOPICS.interactions()).pipeInput(new TestRecord<>(utf8(""), null));
    assertEquals(3, registry.counter("sidestream.interactions", "outcome", "skipped").count(), 0);
    recommend(Optional.of(new UserId("u1")), List.of(), false);
    assertFalse(((Prompt.ForRecommendation) next()).userKnown());
  }

  /** The exception that Streams ended with is of a registry that nothing answers for. */
  @Test
  void interaction_registryIsAway_isSkippedAndTheNextIsRead() throws Exception {
    driver.close();
    SchemaRegistry away =
        SchemaRegistry.of(URI.create("http://127.0.0.1:1"), Optional.empty(), Optional.empty());
    Properties settings = new Properties();
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    driver = new TopologyTestDriver(topology(TOPICS.with(away)), settings);
    prompts = out(TOPICS.prompts());

    in(TOPICS.interactions()).pipeInput(utf8("u1"), new byte[] {0, 0, 0, 0, 7, 1});
    interact("u1", "a");
    assertEquals(1, registry.counter("sidestream.interactions", "outcome", "no_schema").count(), 0);
    recommend(Optional.of(new UserId("u1")), List.of(), false);
    assertEquals(List.of(id("a")), ((Prompt.ForRecommendation) next()).history());
  }

  /**
   * What cannot be among the answers is not met: known and disliked items, and the first of all.
   */
  @Test
  void interaction_ofAFollowedUser_isReportedWithTheHistoryBeforeIt() {
    interact("u1", "a");
    interact("u2", "a");
    interact("u2", "b");
    interact("u1", "impressed", "impression");
    interact("u1", "b");
    interact("u1", "a");
    interact("u1", "c", "dislike");
    interact("u1", "c");
    interact("u1", "d");

    Prompt beforeB =
        new Prompt.ForRecommendation(List.of(id("a")), true, 30, Set.of(id("a")), Optional.empty());
    Prompt beforeD =
        new Prompt.ForRecommendation(
            List.of(id("b"), id("a"), id("c")),
            true,
            30,
            Set.of(id("b"), id("a"), id("c")),
            Optional.empty());
    assertEquals(List.of(new Met(beforeB, id("b"), NOW), new Met(beforeD, id("d"), NOW)), met);
  }

  @Test
  void interaction_withoutValue_dropsTheHistoryOfItsUserAtOnce() throws Exception {
    interact("u1", "a");
    interact("u2", "b");
    in(TOPICS.interactions()).pipeInput(new TestRecord<>(utf8("u1"), null));
    assertEquals(1, registry.counter("sidestream.interactions", "outcome", "erased").count(), 0);
    assertNull(driver.getKeyValueStore(PromptTopology.HISTORIES).get(utf8("u1")));
    recommend(Optional.of(new UserId("u1")), List.of(), false);
    assertFalse(((Prompt.ForRecommendation) next()).userKnown());
    recommend(Optional.of(new UserId("u2")), List.of(), false);
    assertEquals(List.of(id("b")), ((Prompt.ForRecommendation) next()).history());

    interact("u1", "c"); // the user comes back
    recommend(Optional.of(new UserId("u1")), List.of(), false);
    assertEquals(List.of(id("c")), ((Prompt.ForRecommendation) next()).history());
  }

  private void search(Headers headers, SearchRequest request) {
    in(TOPICS.searchRequests())
        .pipeInput(new TestRecord<>(CALLER, Codecs.searchRequest().encode(request), headers));
  }

  private Headers recommend(Optional<UserId> user, List<ItemId> history, boolean excludeSeen) {
    Headers headers = headers();
    RecommendationRequest request =
        new RecommendationRequest(
            user, history, 5, excludeSeen, Set.of(id("never")), Optional.empty());
    in(TOPICS.recommendationRequests())
        .pipeInput(
            new TestRecord<>(CALLER, Codecs.recommendationRequest().encode(request), headers));
    return headers;
  }

  private void interact(String user, String item) {
    interact(user, item, "view");
  }

  private void interact(String user, String item, String kind) {
    in(TOPICS.interactions()).pipeInput(utf8(user), interaction(user, item, kind));
  }

  private static byte[] interaction(String user, String item) {
    return interaction(user, item, "view");
  }

  private static byte[] interaction(String user, String item, String kind) {
    return Codecs.interaction().encode(new Interaction(new UserId(user), id(item), kind, 1, NOW));
  }

  private Prompt next() throws Exception {
    return Codecs.prompt().decode(prompts.readValue());
  }

  private double counted(String task, String outcome) {
    return registry.counter("sidestream.requests", "task", task, "outcome", outcome).count();
  }

  /**
   * A prompt bears the time of its request, in a header, as its topic gives records other times.
   */
  private static Headers withoutTime(Headers headers, long requestMillis) {
    assertEquals(OptionalLong.of(requestMillis), EventTime.read(headers));
    return headers.remove(EventTime.HEADER);
  }

  private static Headers headers() {
    return new RecordHeaders()
        .add(NAMES.correlationId(), CORRELATION)
        .add("traceparent", utf8("00-abc-def-01"))
        .add("anything", new byte[0]);
  }

  private TestInputTopic<byte[], byte[]> in(Topic topic) {
    return driver.createInputTopic(
        topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TestOutputTopic<byte[], byte[]> out(Topic topic) {
    return out(topic.name());
  }

  private TestOutputTopic<byte[], byte[]> out(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static ItemId id(String value) {
    return new ItemId(value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Headers headers, String name) {
    return Arrays.stream(headers.toArray())
        .filter(header -> header.key().equals(name))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("none");
  }
}
