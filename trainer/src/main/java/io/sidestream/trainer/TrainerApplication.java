package io.sidestream.trainer;

import io.sidestream.admin.tracing.Tracing;
import io.sidestream.learning.generation.PretrainedFolders;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Cuda;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.access.ClusterAccess;
import io.sidestream.schemas.kafka.GenerationLog;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.trainer.watching.TestWatch;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wiring of the trainer process: consumes training requests, one at a time. */
public final class TrainerApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerApplication.class);

  /** Name of the process in traces. */
  private static final String SERVICE = "sidestream-trainer";

  /** Header with the trace context. */
  private static final String TRACEPARENT = RequestHeaders.DEFAULT.traceparent();

  /** The consumer does not poll during a training: a longer one loses its partition. */
  private static final Duration MAX_TRAINING = Duration.ofDays(7);

  /** A killed trainer keeps its partition until this timeout. */
  private static final Duration SESSION = Duration.ofSeconds(15);

  private static final Duration MAX_STOP = Duration.ofMinutes(2);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final BundleStore store;
  private final Tracing tracing;
  private final RequestLoop loop;
  private final TestWatch watch;
  private final Thread thread;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private final TrainerAdmin admin;

  private TrainerApplication(TrainerConfig config, TrainingProgress progress, TrainerAdmin admin) {
    this.admin = admin;
    Topics topics = config.topics();
    this.consumer =
        new KafkaConsumer<>(
            consumerSettings(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.producer =
        new KafkaProducer<>(
            producerSettings(config), new ByteArraySerializer(), new ByteArraySerializer());
    this.store = BundleStore.of(config.store());
    admin.metrics().watch(consumer);
    admin.metrics().watch(producer);
    this.tracing = Tracing.start(SERVICE, config.tracing(), TRACEPARENT);
    TrainingProgress metered = new MeteredProgress(progress, admin.meters(), System::nanoTime);
    AtomicBoolean stopping = closed;
    TracedProgress traced =
        new TracedProgress(new StoppableProgress(metered, stopping::get), tracing);
    this.loop =
        new RequestLoop(
            consumer,
            producer,
            topics.namespace().catalogue(),
            new TrainingRequestHandler(
                config,
                topics,
                store,
                announcer(producer, topics, traced),
                Clock.systemUTC(),
                traced,
                admin.meters()),
            LaterRequests.onTopic(config.kafka(), topics.generations()),
            admin.activity(),
            admin.meters(),
            RetryDelays.DEFAULT);
    this.watch =
        new TestWatch(
            config.drift(),
            config.trials(),
            config.rollbacks(),
            config.kafka(),
            topics,
            () -> tests(config),
            producer,
            Clock.systemUTC(),
            admin.metrics().registry(),
            admin::failed);
    this.thread = new Thread(this::run, "trainer");
    consumer.subscribe(List.of(topics.trainingRequests().name()));
  }

  private KafkaConsumer<byte[], byte[]> tests(TrainerConfig config) {
    KafkaConsumer<byte[], byte[]> tests =
        new KafkaConsumer<>(
            config.kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    admin.metrics().watch(tests);
    return tests;
  }

  /**
   * Starts consuming requests.
   *
   * @throws IllegalArgumentException when trainings cannot compute as the settings say
   * @throws io.sidestream.schemas.UserErrorException when a folder holds no model that can be used
   * @throws IOException when the admin port cannot be bound
   */
  public static TrainerApplication start(TrainerConfig config, TrainingProgress progress)
      throws IOException {
    Cuda.require(config.training().device(), config.training().precision());
    PretrainedFolders.require(config.training());
    ClusterAccess.require(config.kafka(), config.brokerTimeout(), Acls.trainer(config.topics()));
    TrainerAdmin admin = TrainerAdmin.start(config.admin(), Clock.systemUTC());
    try {
      TrainerApplication application = new TrainerApplication(config, progress, admin);
      application.watch.start();
      application.thread.start();
      LOG.info(
          "the trainer waits for requests of catalogue {}",
          config.topics().namespace().catalogue());
      return application;
    } catch (RuntimeException e) {
      admin.close();
      throw e;
    }
  }

  /** The port of health and metrics. */
  public int adminPort() {
    return admin.port();
  }

  private static Map<String, Object> consumerSettings(TrainerConfig config) {
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put("group.id", config.topics().namespace().trainerGroup());
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "earliest");
    settings.put("isolation.level", "read_committed");
    settings.putIfAbsent("session.timeout.ms", Math.toIntExact(SESSION.toMillis()));
    settings.put("max.poll.interval.ms", Math.toIntExact(MAX_TRAINING.toMillis()));
    return settings;
  }

  /** Brokers that are away when a generation is announced are waited for. */
  private static Map<String, Object> producerSettings(TrainerConfig config) {
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.putIfAbsent("delivery.timeout.ms", Integer.MAX_VALUE);
    settings.putIfAbsent("max.request.size", Topics.MAX_DERIVED_BYTES); // a request and the reason
    return settings;
  }

  /** Announcements carry the trace of the training that they are about. */
  private static Announcer announcer(
      Producer<byte[], byte[]> producer, Topics topics, TracedProgress traced) {
    return announcement -> {
      ProducerRecord<byte[], byte[]> record =
          GenerationLog.toRecord(topics.generations(), announcement);
      traced.trace(TRACEPARENT).ifPresent(record.headers()::add);
      try {
        producer.send(record).get();
      } catch (ExecutionException e) {
        throw new IOException(
            "generation " + announcement.generation() + " cannot be announced", e.getCause());
      }
    };
  }

  private void run() {
    try {
      loop.run();
      ended.complete(null);
    } catch (RuntimeException | Error e) {
      admin.failed(e);
      ended.completeExceptionally(e);
      throw e;
    }
  }

  /**
   * Waits until the application is closed.
   *
   * @throws IllegalStateException when it ends unexpectedly before that
   */
  public void awaitStopped() throws InterruptedException {
    try {
      ended.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the trainer ended unexpectedly", e.getCause());
    }
    if (!closed.get()) {
      throw new IllegalStateException("the trainer ended unexpectedly");
    }
  }

  /** Stops at the next step of a running training, whose request is delivered again later. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      admin.stopping();
      loop.stop();
      watch.close();
      join();
      consumer.close();
      producer.close();
      store.close();
      tracing.close();
      admin.close();
    }
  }

  private void join() {
    try {
      thread.join(MAX_STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
