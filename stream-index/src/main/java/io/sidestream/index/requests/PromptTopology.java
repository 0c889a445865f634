package io.sidestream.index.requests;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.replies.OutgoingReply;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import io.sidestream.schemas.pairs.CountedInteraction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The Kafka Streams topology from interactions and requests to prompts. */
public final class PromptTopology {
  /** State store of histories: user id as UTF-8 → most recent items, and disliked ones. */
  public static final String HISTORIES = "histories";

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private final StreamsBuilder builder = new StreamsBuilder();
  private final Topics topics;
  private final ReplySender replies;
  private final RequestGate gate;
  private final Refusals refusals;
  private final RequestMeters meters;
  private final Tracing tracing;

  private PromptTopology(
      Topics topics,
      ReplySender replies,
      RequestGate gate,
      Refusals refusals,
      RequestMeters meters,
      Tracing tracing) {
    this.refusals = refusals;
    this.tracing = tracing;
    this.topics = topics;
    this.replies = replies;
    this.gate = gate;
    this.meters = meters;
  }

  /**
   * Builds the topology.
   *
   * @param histories how interactions become the histories of users
   * @param filterable attributes that requests may filter by
   * @param trends whether requests may ask for trending items
   * @param refusals asked before a request becomes a prompt
   * @param tracing gets a span of each check
   * @param encounters hears of what users meet
   */
  public static Topology build(
      Topics topics,
      ReplySender replies,
      HistoryRule histories,
      Set<String> filterable,
      boolean trends,
      Refusals refusals,
      MeterRegistry registry,
      Tracing tracing,
      Encounters encounters) {
    PromptTopology topology =
        new PromptTopology(
            topics,
            replies,
            new RequestGate(
                replies.brokerTime(), filterable, trends, topics.schemas().withoutWaiting()),
            refusals,
            new RequestMeters(registry),
            tracing);
    KTable<byte[], UserHistory> table = topology.histories(histories, encounters);
    topology.searches();
    topology.recommendations(table);
    return topology.builder.build();
  }

  /**
   * Interactions are repartitioned although they come by user: another client's partitioner may
   * place a user elsewhere than Kafka Streams does, which finds no history there. Histories are
   * cached until the commit, which writes the last of each user: requests read what is cached.
   */
  private KTable<byte[], UserHistory> histories(HistoryRule rule, Encounters encounters) {
    return read(topics.interactions(), "interactions")
        .process(
            () -> new ReadInteractions(topics.schemas(), rule.weights(), meters),
            Named.as("read-interactions"))
        .repartition(
            this.<Optional<CountedInteraction>>byUser("interactions-by-user")
                .withValueSerde(HistoryFormat.interactionSerde()))
        .groupByKey(Grouped.as("interactions-by-user"))
        .aggregate(
            () -> UserHistory.NONE,
            (user, interaction, history) -> {
              interaction.ifPresent(event -> report(user, history, event, rule, encounters));
              return after(history, interaction, rule);
            },
            Named.as("update-histories"),
            Materialized.<byte[], UserHistory, KeyValueStore<Bytes, byte[]>>as(HISTORIES)
                .withKeySerde(BYTES)
                .withValueSerde(HistoryFormat.serde())
                .withCachingEnabled());
  }

  /** The history after an interaction; none, which deletes it, after an erasure. */
  private static @Nullable UserHistory after(
      UserHistory history, Optional<CountedInteraction> interaction, HistoryRule rule) {
    return interaction.map(each -> history.with(each, rule)).orElse(null);
  }

  /** A history is restored from its changelog without this, so that nothing is met again. */
  private static void report(
      byte[] user,
      UserHistory history,
      CountedInteraction event,
      HistoryRule rule,
      Encounters encounters) {
    if (encounters.follows(new String(user, StandardCharsets.UTF_8))) {
      history
          .before(event, rule)
          .ifPresent(
              prompt ->
                  encounters.met(
                      prompt,
                      event.interaction().item(),
                      Instant.ofEpochMilli(event.interaction().atMillis())));
    }
  }

  private void searches() {
    KStream<byte[], CheckedRequest> checked =
        check(Task.SEARCH, topics.searchRequests(), gate::search);
    Map<String, KStream<byte[], CheckedRequest>> cases = split(Task.SEARCH, checked);
    prompt("search-prompts", requireNonNull(cases.get("search-ready")));
    reject(Task.SEARCH, topics.searchRequests(), requireNonNull(cases.get("search-invalid")));
    refuse(Task.SEARCH, requireNonNull(cases.get("search-refused")));
  }

  private void recommendations(KTable<byte[], UserHistory> histories) {
    KStream<byte[], CheckedRequest> checked =
        check(Task.RECOMMENDATION, topics.recommendationRequests(), gate::recommendation);
    Map<String, KStream<byte[], CheckedRequest>> cases = split(Task.RECOMMENDATION, checked);
    prompt("recommendation-prompts", requireNonNull(cases.get("recommendation-ready")));
    prompt("user-prompts", byUser(requireNonNull(cases.get("recommendation-user")), histories));
    reject(
        Task.RECOMMENDATION,
        topics.recommendationRequests(),
        requireNonNull(cases.get("recommendation-invalid")));
    refuse(Task.RECOMMENDATION, requireNonNull(cases.get("recommendation-refused")));
  }

  private KStream<byte[], CheckedRequest> check(
      Task task, Topic requests, Function<byte[], CheckedRequest> read) {
    return read(requests, task.label() + "-requests")
        .process(
            () -> new CheckRequests(task, read, replies, refusals, meters, tracing),
            Named.as("check-" + task.label()));
  }

  private Map<String, KStream<byte[], CheckedRequest>> split(
      Task task, KStream<byte[], CheckedRequest> checked) {
    return checked
        .split(Named.as(task.label() + "-"))
        .branch((key, found) -> found instanceof CheckedRequest.Ready, Branched.as("ready"))
        .branch((key, found) -> found instanceof CheckedRequest.NeedsHistory, Branched.as("user"))
        .branch((key, found) -> found instanceof CheckedRequest.Invalid, Branched.as("invalid"))
        .branch((key, found) -> found instanceof CheckedRequest.Refused, Branched.as("refused"))
        .noDefaultBranch();
  }

  private KStream<byte[], CheckedRequest> byUser(
      KStream<byte[], CheckedRequest> requests, KTable<byte[], UserHistory> histories) {
    return requests
        .process(RekeyByUser::new, Named.as("rekey-by-user"))
        .repartition(
            this.<KeyedRequest>byUser("requests-by-user").withValueSerde(KeyedRequest.serde()))
        .leftJoin(
            histories,
            (request, history) -> new WithHistory(request, Optional.ofNullable(history)),
            Joined.<byte[], KeyedRequest, UserHistory>as("join-history")
                .withKeySerde(BYTES)
                .withValueSerde(KeyedRequest.serde()))
        .process(() -> new AttachHistory(gate, meters), Named.as("attach-history"))
        .filter((key, found) -> found instanceof CheckedRequest.Ready, Named.as("drop-expired"));
  }

  /** The number is fixed, so that topics of requests may get more partitions. */
  private <V> Repartitioned<byte[], V> byUser(String name) {
    return Repartitioned.<byte[], V>as(name)
        .withKeySerde(BYTES)
        .withNumberOfPartitions(topics.interactions().partitions());
  }

  private void prompt(String name, KStream<byte[], CheckedRequest> ready) {
    ready
        .mapValues(
            found -> Codecs.prompt().encode(((CheckedRequest.Ready) found).prompt()),
            Named.as("write-" + name))
        .to(topics.prompts().name(), Produced.with(BYTES, BYTES).withName(name));
  }

  private void reject(Task task, Topic requests, KStream<byte[], CheckedRequest> invalid) {
    String label = task.label();
    invalid
        .process(RejectRequests::new, Named.as("reject-" + label))
        .to(
            topics.rejectedOf(requests).name(),
            Produced.with(BYTES, BYTES).withName("rejected-" + label));
    reply(
        task,
        "invalid",
        invalid.process(() -> new ReplyInvalid(task, replies), Named.as("reply-invalid-" + label)));
  }

  private void refuse(Task task, KStream<byte[], CheckedRequest> refused) {
    reply(
        task,
        "refused",
        refused.process(
            () -> new ReplyRefused(task, replies), Named.as("reply-refused-" + task.label())));
  }

  private void reply(Task task, String what, KStream<byte[], OutgoingReply> replies) {
    replies.to(
        (task == Task.SEARCH ? topics.searchResults() : topics.recommendationResults()).name(),
        Produced.with(BYTES, outgoing())
            .withStreamPartitioner(requestedPartition())
            .withName(what + "-replies-" + task.label()));
  }

  private KStream<byte[], byte[]> read(Topic topic, String name) {
    return builder.stream(topic.name(), Consumed.with(BYTES, BYTES).withName(name));
  }

  private static Serde<OutgoingReply> outgoing() {
    return Serdes.serdeFrom(
        (topic, reply) -> reply.value(),
        (topic, bytes) -> {
          throw new IllegalStateException("outgoing replies are never deserialized");
        });
  }

  private static StreamPartitioner<byte[], OutgoingReply> requestedPartition() {
    return (topic, key, reply, partitions) -> reply.partitionOf(partitions).map(Set::of);
  }
}
