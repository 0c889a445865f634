package io.sidestream.index.simulation;

import io.sidestream.chaos.history.ReceivedReply;
import io.sidestream.chaos.history.RunHistory;
import io.sidestream.chaos.history.SentRequest;
import io.sidestream.index.answering.AnswersBegun;
import io.sidestream.index.answering.SimulatedAnswering;
import io.sidestream.index.serving.SimulatedRotation;
import io.sidestream.index.store.AssignmentStore;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.RecommendationRequest;
import io.sidestream.schemas.Reply;
import io.sidestream.schemas.SearchRequest;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.UserId;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.kafka.RequestHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.test.TestRecord;

/**
 * One index under the faults of a seed: requests, interactions, changes of items, generations,
 * kills and a clock that jumps come in an order that the seed draws, one after another on one
 * thread. All of it is the product's but brokers, clock and models.
 */
final class IndexSimulation {
  private static final RequestHeaders NAMES = RequestHeaders.DEFAULT;
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final Set<String> RESULTS =
      Set.of(TOPICS.searchResults().name(), TOPICS.recommendationResults().name());
  private static final int STEPS = 250;
  private static final int LAST_ROUNDS = 100;
  private static final int MOST_ENDINGS = 2; // by one prompt

  /** How far a machine's clock goes wrong in one of four seeds. */
  static final Duration JUMP = Duration.ofMinutes(5);

  private final long seed;
  private final Random random;
  private final SimulatedClock clock;
  private final SimulatedStreams streams;
  private final SimulatedRotation rotation;
  private final Path begun;
  private final boolean losesOffsets;
  private final String run;
  private final UserModel users = new UserModel();
  private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();
  private final List<SentRequest> requests = new ArrayList<>();
  private final List<ReceivedReply> replies = new ArrayList<>();
  private final List<Runnable> notCommittedByStreams = new ArrayList<>();
  private final List<String> mistakes = new ArrayList<>();
  private int endingPrompts;
  private int endings;
  private SimulatedAnswering answering;

  /**
   * Before the first step.
   *
   * @param lastNumber of the generations that the store has seen
   * @param begun where the index notes what it is answering
   * @param losesOffsets whether each kill commits a prompt that was not answered: a fault for the
   *     checker to find
   */
  IndexSimulation(
      long seed,
      SimulatedClock clock,
      SimulatedStreams streams,
      AssignmentStore store,
      long lastNumber,
      Path begun,
      boolean losesOffsets)
      throws IOException {
    this.seed = seed;
    this.random = new Random(seed);
    this.clock = clock;
    clock.reset(new Random(seed));
    this.streams = streams;
    this.begun = begun;
    Files.deleteIfExists(begun);
    this.losesOffsets = losesOffsets;
    this.run = "run-" + lastNumber;
    this.rotation = new SimulatedRotation(store, lastNumber, random, clock, clock::nanoTime);
    this.answering = answering(0);
  }

  private SimulatedAnswering answering(long committed) throws IOException {
    SimulatedAnswering started =
        new SimulatedAnswering(
            log,
            committed,
            rotation.serving(),
            rotation::mayAnswer,
            AnswersBegun.open(begun),
            clock,
            clock::nanoTime,
            clock::trueMillis);
    streams.askFirst(started::refusal);
    return started;
  }

  /** Whether the clock jumps in a seed. */
  static boolean hasJumps(long seed) {
    return seed % 4 == 0;
  }

  /** Else a process learns what its answers take, and refuses requests early. */
  private static boolean hasKills(long seed) {
    return seed % 4 != 1;
  }

  /** How often a request ended the process. */
  int endings() {
    return endings;
  }

  long lastNumber() {
    return rotation.lastNumber();
  }

  /** What is wrong beside what the history shows. */
  List<String> mistakes() {
    return mistakes;
  }

  RunHistory run() throws Exception {
    for (int step = 0; step < STEPS; step++) {
      step(random.nextInt(100));
    }
    end();
    return new RunHistory(
        requests,
        replies,
        Set.of(),
        List.of(),
        SimulatedRotation.ITEMS.stream().map(ItemId::new).collect(Collectors.toSet()),
        rotation.everLive());
  }

  private void step(int drawn) throws Exception {
    if (drawn < 25) {
      request();
    } else if (drawn < 37) {
      interaction();
    } else if (drawn < 50) {
      answering.poll();
    } else if (drawn < 65) {
      answer();
    } else if (drawn < 78) {
      answering.ack();
    } else if (drawn < 86) {
      rotation.step();
    } else if (drawn < 90) {
      rotation.change();
    } else if (drawn < 92) {
      rotation.lease();
    } else if (drawn < 93) {
      rotation.release();
    } else if (drawn < 95) {
      clock.pass(Duration.ofMillis(random.nextInt(100)));
    } else if (drawn < 96) {
      notCommittedByStreams.clear();
    } else if (drawn < 97) {
      rotation.publish(true);
    } else if (drawn < 98) {
      rotation.rollback();
    } else if (drawn < 99) {
      if (hasKills(seed)) {
        kill();
      }
    } else if (hasJumps(seed)) {
      clock.jump(random.nextBoolean() ? JUMP : JUMP.negated());
    }
  }

  /** All that is open ends; a good generation serves. */
  private void end() throws Exception {
    rotation.release();
    rotation.publish(false);
    for (int round = 0; round < LAST_ROUNDS; round++) {
      clock.pass(Duration.ofMillis(10));
      rotation.step();
      answering.poll();
      while (answer()) {}
      while (answering.ack()) {}
    }
    receive(answering.delivered(random));
    if (answering.committed() != log.size()) {
      mistakes.add(answering.committed() + " of " + log.size() + " prompts are committed");
    }
    if (endings > MOST_ENDINGS * endingPrompts) {
      mistakes.add(endings + " ends of the process by " + endingPrompts + " prompts");
    }
    mistakes.addAll(rotation.mistakes());
    rotation.close();
  }

  /** A worker answers one prompt, which may end the process; false when none waits. */
  private boolean answer() throws Exception {
    try {
      return answering.answer();
    } catch (SimulatedRotation.ProcessEnded e) {
      endings++;
      kill();
      return true;
    }
  }

  /** The process ends at once, and another one goes on from what was committed. */
  private void kill() throws IOException {
    receive(answering.delivered(random));
    rotation.kill();
    long committed = answering.committed();
    answering = answering(losesOffsets && committed < log.size() ? committed + 1 : committed);
    notCommittedByStreams.forEach(Runnable::run);
    notCommittedByStreams.clear();
  }

  private void interaction() {
    String user = user();
    String item = item();
    String kind = List.of("view", "view", "dislike", "impression").get(random.nextInt(4));
    Interaction event =
        new Interaction(
            new UserId(user), new ItemId(item), kind, 1, Instant.ofEpochMilli(clock.trueMillis()));
    users.interaction(user, item, kind);
    streams.pipe(
        TOPICS.interactions(),
        new TestRecord<>(
            utf8(user),
            Codecs.interaction().encode(event),
            Instant.ofEpochMilli(clock.trueMillis())));
  }

  /** Histories of earlier runs are other users'. */
  private String user() {
    return run + "-user-" + random.nextInt(4);
  }

  private String item() {
    return SimulatedRotation.ITEMS.get(random.nextInt(SimulatedRotation.ITEMS.size()));
  }

  private void request() {
    String id = seed + "-" + requests.size();
    long now = clock.trueMillis();
    Optional<Instant> deadline =
        random.nextInt(3) == 0
            ? Optional.of(Instant.ofEpochMilli(now + random.nextInt(120) - 10))
            : Optional.empty();
    requests.add(
        new SentRequest(
            id,
            now,
            OptionalLong.of(now),
            deadline.map(at -> OptionalLong.of(at.toEpochMilli())).orElse(OptionalLong.empty())));
    switch (random.nextInt(8)) {
      case 0 -> malformed(id);
      case 1, 2, 3 -> search(id, deadline);
      case 4 -> recommendation(id, Optional.empty(), deadline);
      default -> recommendation(id, Optional.of(user()), deadline);
    }
  }

  private void malformed(String id) {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    if (bytes.length > 0) {
      bytes[0] = 0x7f; // neither JSON nor Avro: a reply would be as the request is
    }
    pipe(
        random.nextBoolean() ? TOPICS.searchRequests() : TOPICS.recommendationRequests(),
        id,
        bytes);
    take();
  }

  private void search(String id, Optional<Instant> deadline) {
    boolean ends = random.nextInt(20) == 0;
    int k = ends ? SimulatedRotation.ENDING_K : 1 + random.nextInt(9);
    SearchRequest request = new SearchRequest("q", k, Set.of(new ItemId(item())), deadline);
    pipe(TOPICS.searchRequests(), id, Codecs.searchRequest().encode(request));
    take();
  }

  private void recommendation(String id, Optional<String> user, Optional<Instant> deadline) {
    List<ItemId> history = user.isPresent() ? List.of() : List.of(new ItemId(item()));
    RecommendationRequest request =
        new RecommendationRequest(
            user.map(UserId::new), history, 1 + random.nextInt(9), false, Set.of(), deadline);
    pipe(TOPICS.recommendationRequests(), id, Codecs.recommendationRequest().encode(request));
    for (Prompt prompt : take()) {
      user.filter(known -> !isOf(known, (Prompt.ForRecommendation) prompt))
          .ifPresent(known -> mistakes.add(id + " has the history " + prompt));
    }
  }

  private boolean isOf(String user, Prompt.ForRecommendation prompt) {
    return values(prompt.history().stream()).equals(users.recent(user))
        && Set.copyOf(values(prompt.excluded().stream())).equals(users.disliked(user))
        && prompt.userKnown() == users.isKnown(user);
  }

  private static List<String> values(Stream<ItemId> items) {
    return items.map(ItemId::value).toList();
  }

  private void pipe(Topic topic, String id, byte[] value) {
    long at = clock.trueMillis();
    Runnable piped =
        () ->
            streams.pipe(
                topic,
                new TestRecord<>(
                    utf8(id),
                    value,
                    new RecordHeaders().add(NAMES.correlationId(), utf8(id)),
                    Instant.ofEpochMilli(at)));
    piped.run();
    notCommittedByStreams.add(
        () -> {
          piped.run();
          take();
        });
  }

  /** What became of records that came: prompts, which are written, and replies. */
  private List<Prompt> take() {
    List<Prompt> prompts = new ArrayList<>();
    for (TestRecord<byte[], byte[]> made : streams.prompts()) {
      ConsumerRecord<byte[], byte[]> prompt =
          new ConsumerRecord<>(
              SimulatedAnswering.PROMPTS.topic(),
              SimulatedAnswering.PROMPTS.partition(),
              log.size(),
              made.timestamp(),
              TimestampType.CREATE_TIME,
              made.key().length,
              made.value().length,
              made.key(),
              made.value(),
              made.headers(),
              Optional.empty());
      log.add(prompt);
      answering.written(prompt);
      try {
        Prompt decoded = Codecs.prompt().decode(made.value());
        endingPrompts += decoded.k() == SimulatedRotation.ENDING_K ? 1 : 0;
        prompts.add(decoded);
      } catch (MalformedRecordException e) {
        mistakes.add("a prompt is unreadable: " + e.getMessage());
      }
    }
    streams.replies().forEach(reply -> received(reply.headers(), reply.value(), reply.timestamp()));
    return prompts;
  }

  private void receive(List<SimulatedAnswering.Sent> sent) {
    for (SimulatedAnswering.Sent one : sent) {
      if (RESULTS.contains(one.reply().topic())) { // rejected prompts are no replies
        received(one.reply().headers(), one.reply().value(), one.atMillis());
      }
    }
  }

  private void received(Headers headers, byte[] value, long writtenMillis) {
    String id = new String(NAMES.correlationIdOf(headers).orElseThrow(), StandardCharsets.UTF_8);
    try {
      Reply reply = Codecs.reply().decode(value);
      for (RankedItem item : reply.items()) {
        if (!rotation.isLegal(item.item(), item.id())) {
          mistakes.add(id + " has an ID that its item never had: " + item);
        }
      }
      replies.add(new ReceivedReply(id, writtenMillis, writtenMillis, content(reply)));
    } catch (MalformedRecordException | IllegalArgumentException e) {
      mistakes.add(id + " is unreadable: " + e.getMessage());
    }
  }

  private static ReceivedReply.Content content(Reply reply) {
    List<Generation> generations =
        Stream.concat(
                reply.generation().stream(),
                reply.items().stream().map(item -> item.id().generation()))
            .toList();
    return new ReceivedReply.Content(
        reply.status().name(),
        reply.status().isAnswer(),
        generations,
        reply.items().stream().map(RankedItem::item).toList());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
