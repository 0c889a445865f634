package io.sidestream.index;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.sidestream.admin.AdminServer;
import io.sidestream.admin.Health;
import io.sidestream.admin.ProcessMetrics;
import io.sidestream.admin.tracing.Tracing;
import io.sidestream.index.admin.Lookups;
import io.sidestream.index.answering.AnswersBegun;
import io.sidestream.index.answering.PromptAnswers;
import io.sidestream.index.answering.PromptConsumer;
import io.sidestream.index.replies.BrokerTime;
import io.sidestream.index.replies.Replies;
import io.sidestream.index.replies.ReplySender;
import io.sidestream.index.replies.TopicProbe;
import io.sidestream.index.requests.HistoryRestores;
import io.sidestream.index.requests.PromptStreams;
import io.sidestream.index.requests.PromptTopology;
import io.sidestream.index.serving.AttributeUpdater;
import io.sidestream.index.serving.BundleLoader;
import io.sidestream.index.serving.FetchMeters;
import io.sidestream.index.serving.GenerationLoader;
import io.sidestream.index.serving.IndexUpdater;
import io.sidestream.index.serving.ItemAdmission;
import io.sidestream.index.serving.Serving;
import io.sidestream.index.serving.TrendUpdater;
import io.sidestream.index.store.AssignmentStore;
import io.sidestream.index.store.StreamsDirectory;
import io.sidestream.index.store.StreamsStores;
import io.sidestream.index.testing.GenerationTests;
import io.sidestream.index.testing.TestResults;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.LiveCounts;
import io.sidestream.model.ranking.QueryCache;
import io.sidestream.model.ranking.TrendingAnswers;
import io.sidestream.model.resources.CloseableStack;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.FullDisk;
import io.sidestream.model.store.GenerationOpener;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.access.ClusterAccess;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The index process: wires its parts, starts them, and stops them in order. */
public final class IndexApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IndexApplication.class);

  /** Name of the process in traces. */
  private static final String SERVICE = "sidestream-index";

  /** Until a full disk is tried again: soon, as requests wait for it. */
  private static final RetryDelays FULL_DISK =
      new RetryDelays(Duration.ofSeconds(1), Duration.ofSeconds(10));

  private final CloseableStack parts = new CloseableStack();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Serving serving = new Serving();
  private final ProcessMetrics metrics = new ProcessMetrics();
  private final Health health;
  private Tracing tracing = Tracing.OFF;
  private IndexUpdater updater;
  private LiveCountParts counts;
  private AttributeUpdater attributes;
  private TrendUpdater trends;
  private ItemAdmission admission;
  private PromptConsumer answering;
  private PromptStreams streams;
  private Optional<AdminServer> admin = Optional.empty();

  @SuppressWarnings("NullAway.Init") // start() sets them before health is asked
  private IndexApplication() {
    Map<String, BooleanSupplier> conditions = new LinkedHashMap<>();
    conditions.put("generation", () -> serving.generation().isPresent());
    conditions.put("caught_up", this::isCaughtUp);
    conditions.put("streams", () -> streams.isRunning());
    this.health = new Health(conditions, Map.of("not_opened", () -> updater.notOpened()));
  }

  /**
   * Starts all parts; afterwards requests are answered, with NOT_READY until a generation serves. A
   * full disk is waited for.
   *
   * @throws IOException when the index directory or the admin port cannot be opened
   */
  public static IndexApplication start(IndexConfig config) throws IOException {
    return FullDisk.waitedFor(
        FULL_DISK,
        () -> {
          IndexApplication application = new IndexApplication();
          return application.started(
              config, (store, live) -> application.bundles(config, store, live));
        });
  }

  /** Starts with another loader of generations. */
  static IndexApplication start(
      IndexConfig config, BiFunction<AssignmentStore, LiveCounts, GenerationLoader> loader)
      throws IOException {
    return new IndexApplication().started(config, loader);
  }

  private GenerationLoader bundles(IndexConfig config, AssignmentStore store, LiveCounts live) {
    BundleStore bundles = parts.add(BundleStore.of(config.store()));
    OnnxSessions sessions = new OnnxSessions(config.device(), config.onnxThreads());
    return new BundleLoader(
        new GenerationOpener(bundles, sessions, new FetchMeters(metrics.registry())),
        store,
        live,
        attributes,
        admission,
        queryCache(config.cachedQueries(), metrics.registry()),
        config.queryReading(),
        config.lists());
  }

  private static QueryCache queryCache(int most, MeterRegistry registry) {
    return new QueryCache(
        most,
        registry.counter("sidestream.query.cache", "result", "hit")::increment,
        registry.counter("sidestream.query.cache", "result", "miss")::increment);
  }

  private IndexApplication started(
      IndexConfig config, BiFunction<AssignmentStore, LiveCounts, GenerationLoader> loader)
      throws IOException {
    try {
      startParts(config, loader);
      return this;
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void startParts(
      IndexConfig config, BiFunction<AssignmentStore, LiveCounts, GenerationLoader> loader)
      throws IOException {
    Topics topics = config.topics();
    KafkaClients clients = new KafkaClients(config.kafka(), metrics);
    ClusterAccess.require(
        config.kafka(),
        config.brokerTimeout(),
        Acls.index(topics, config.applicationId(), Set.of()));

    AssignmentStore store = parts.add(AssignmentStore.open(config.directory().resolve("rocksdb")));
    counts = LiveCountParts.open(config, clients, parts, metrics.registry(), this::failed);
    admission = new ItemAdmission(config.maxItems(), metrics.registry());
    attributes =
        parts.add(
            new AttributeUpdater(
                clients.assignedConsumer(),
                topics.items(),
                topics.schemas(),
                config.filterAttributes(),
                RetryDelays.DEFAULT,
                metrics.registry(),
                e -> failed("attribute updater", e)));
    trends =
        parts.add(
            new TrendUpdater(
                clients.assignedConsumer(),
                topics.interactions(),
                topics.schemas(),
                config.histories(),
                config.trendingWindow(),
                Clock.systemUTC(),
                metrics.registry(),
                e -> failed("trend updater", e)));
    updater =
        parts.add(
            new IndexUpdater(
                clients.assignedConsumer(),
                topics,
                loader.apply(store, counts.live()),
                store,
                serving,
                admission,
                metrics.registry(),
                config.refreshInterval(),
                config.swapTimeout(),
                e -> failed("index updater", e)));
    tracing = Tracing.start(SERVICE, config.tracing(), config.headers().traceparent());
    ReplySender replies = replies(config, clients);
    answering =
        parts.add(
            new PromptConsumer(
                clients.groupConsumer(
                    topics.namespace().answeringGroup(config.applicationId()), config.batch()),
                replies,
                new PromptAnswers(
                    serving, new TrendingAnswers(trends, attributes), config.headers()),
                topics,
                config.limits(),
                AnswersBegun.open(config.directory().resolve("answers-begun")),
                System::nanoTime,
                metrics.registry(),
                () -> updater.mayAnswer() && areOthersCaughtUp(),
                tracing,
                e -> failed("prompt consumer", e)));
    GenerationTests tests =
        parts.add(
            new GenerationTests(
                config.testing(),
                serving,
                new TestResults(clients.producer(), topics.generationTests(), metrics.registry()),
                Clock.systemUTC(),
                metrics.registry(),
                e -> failed("generation tests", e)));
    streams =
        parts.add(
            new PromptStreams(
                StreamsDirectory.at(config.directory().resolve("streams")),
                state -> {
                  StreamsStores.setAsideBroken(state);
                  Topology topology = topology(config, replies, tests);
                  return new HistoryRestores(metrics.registry())
                      .watch(new KafkaStreams(topology, clients.streams(config, state)));
                },
                made ->
                    metrics.watch(
                        (on, each) -> new KafkaStreamsMetrics(made, Tags.empty(), on, each)),
                FULL_DISK,
                e -> failed("prompt topology", e)));
    admin =
        Optional.of(
            AdminServer.start(
                config.admin(),
                health,
                metrics::scrape,
                new Lookups(serving, updater::reports).pages()));
    attributes.start();
    trends.start();
    updater.start();
    counts.start();
    streams.start();
    tests.start(
        clients.followingConsumer(topics.namespace().testingGroup(config.applicationId())), topics);
    answering.start();
    LOG.info("index answers, admin port {}", adminPort());
  }

  private Topology topology(IndexConfig config, ReplySender replies, GenerationTests tests) {
    return PromptTopology.build(
        config.topics(),
        replies,
        config.histories(),
        config.filterAttributes(),
        !config.trendingWindow().isZero(),
        answering::refusal,
        metrics.registry(),
        tracing,
        tests);
  }

  private ReplySender replies(IndexConfig config, KafkaClients clients) {
    ReplySender replies =
        new ReplySender(
            clients.producer(),
            clients.namedTopicProducer(),
            new Replies(config.headers(), config.topics(), config.replyTopics()),
            TopicProbe.of(parts.add(clients.admin())),
            BrokerTime.unknown(),
            metrics.registry());
    replies.probe(config.replyTopics());
    return parts.add(replies);
  }

  private void failed(String part, Throwable why) {
    LOG.error("{} failed, restart the process", part, why);
    health.failed(part + ": " + ReasonText.of(why));
    stopped.countDown();
  }

  private boolean isCaughtUp() {
    return updater.isCaughtUp() && areOthersCaughtUp();
  }

  /** Whether all that answers need beside the items was read that was there at the start. */
  private boolean areOthersCaughtUp() {
    return counts.areCaughtUp() && attributes.isCaughtUp() && trends.isCaughtUp();
  }

  /** Whether a generation serves, is caught up, and requests are consumed. */
  public boolean isReady() {
    return health.isReady();
  }

  /** The serving generation. */
  public Optional<Generation> servingGeneration() {
    return serving.generation();
  }

  /** The port of health and metrics. */
  public int adminPort() {
    return admin.map(AdminServer::port).orElseThrow();
  }

  /**
   * Blocks until the application is closed.
   *
   * @throws IllegalStateException when a part has failed; the message names it and the cause
   */
  public void awaitStopped() throws InterruptedException {
    stopped.await();
    health
        .failure()
        .ifPresent(
            failure -> {
              throw new IllegalStateException(failure);
            });
  }

  /**
   * Graceful shutdown: unready, stop consuming, finish requests in flight, close the store; the
   * admin port closes last, so that probes see the state.
   */
  @Override
  public void close() {
    health.stopping();
    parts.close();
    admin.ifPresent(AdminServer::close);
    tracing.close();
    metrics.close();
    stopped.countDown();
  }
}
