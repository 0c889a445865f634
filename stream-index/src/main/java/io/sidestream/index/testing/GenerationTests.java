package io.sidestream.index.testing;

import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.index.requests.Encounters;
import io.sidestream.index.serving.Lease;
import io.sidestream.index.serving.Serving;
import io.sidestream.index.serving.ServingGeneration;
import io.sidestream.index.testing.TestMeters.Reason;
import io.sidestream.index.testing.TestMeters.Role;
import io.sidestream.schemas.GenerationTest;
import io.sidestream.schemas.GenerationTest.GivenAnswer;
import io.sidestream.schemas.GenerationTest.Outcome;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tests the live generation, and beside it the candidate and the generation before, with what users
 * meet: whether the item is among the answers that they would have given just before. While there
 * is a candidate, some requests are answered by both as well, for no user. A thread of its own
 * answers; those that report never wait.
 */
public final class GenerationTests implements Encounters, AutoCloseable {
  /*
   * Each event is a test before it is a lesson [1]. The prompt is made of the history before the
   * event, so the answer cannot know it by that. What followed an item, which all users share, is
   * counted outside of the index and comes with a checkpoint, a second later by default: so an
   * event that is older than that when it comes is no test, and none waits for long, since no more
   * are taken than can be answered.
   *
   * [1] Gama, Sebastião, Rodrigues 2013, On evaluating stream learning algorithms, Machine Learning
   * 90, 317–346.
   */
  private static final Logger LOG = LoggerFactory.getLogger(GenerationTests.class);

  /** Events that happened longer ago are no tests. */
  static final Duration MAX_AGE = Duration.ofSeconds(2);

  private static final long IDLE_MILLIS = 100;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final long WARNING_MILLIS = 60_000;

  /** A prompt to answer; the item is that of an event, and of a request there is none. */
  private record Waiting(Prompt prompt, Optional<ItemId> met) {
    GenerationTest.Task task() {
      return prompt.fold(
          search -> GenerationTest.Task.SEARCH, history -> GenerationTest.Task.RECOMMENDATION);
    }
  }

  private final TestingSettings settings;
  private final Serving serving;
  private final TestResults results;
  private final Clock clock;
  private final TestMeters meters;
  private final TestRate events; // under this
  private final TestRate requests; // under this
  private final BlockingQueue<Waiting> waiting;
  private final MeterRegistry registry;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;
  private Optional<ComingRecords> records = Optional.empty();
  private volatile boolean stopping;
  private long lastWarningMillis; // of the thread

  /**
   * @param results closed by this
   * @param onFailure called with the failure that ended a thread
   */
  public GenerationTests(
      TestingSettings settings,
      Serving serving,
      TestResults results,
      Clock clock,
      MeterRegistry registry,
      Consumer<Throwable> onFailure) {
    this.settings = settings;
    this.serving = serving;
    this.results = results;
    this.clock = clock;
    this.meters = new TestMeters(registry);
    this.events = new TestRate(settings.perSecond(), System.nanoTime());
    this.requests = new TestRate(settings.perSecond(), System.nanoTime());
    this.waiting = new ArrayBlockingQueue<>(2 * settings.perSecond());
    this.registry = registry;
    this.onFailure = onFailure;
    this.thread = new Thread(this::run, "generation-tests");
    thread.setUncaughtExceptionHandler((failed, why) -> onFailure.accept(why));
  }

  /**
   * Begins to test, by searches and requests too; interactions are reported by others.
   *
   * @param consumer of what comes from now on, in a group; closed by this
   */
  public void start(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, Topics topics) {
    ComingRecords coming = new ComingRecords(consumer, topics, this, registry, onFailure);
    records = Optional.of(coming);
    thread.start();
    coming.start();
  }

  @Override
  public boolean follows(String who) {
    return settings.include(who);
  }

  @Override
  public void met(Prompt before, ItemId item, Instant at) {
    Waiting test = new Waiting(before, Optional.of(item));
    if (at.isBefore(clock.instant().minus(MAX_AGE))) {
      meters.skipped(test.task(), Reason.LATE);
    } else if (!allowed(events) || !waiting.offer(test)) {
      meters.skipped(test.task(), Reason.BUSY);
    }
  }

  /** Whether requests are answered twice: there is a candidate beside the live generation. */
  boolean hasCandidate() {
    return serving.hasCandidate();
  }

  /** Whether one more request may be answered twice now; it then counts. */
  boolean wantsRequest() {
    return hasCandidate() && allowed(requests);
  }

  /** A request came; it is left out where too much waits. */
  void requested(Prompt prompt) {
    waiting.offer(new Waiting(prompt, Optional.empty()));
  }

  private synchronized boolean allowed(TestRate rate) {
    return rate.take(System.nanoTime());
  }

  private void run() {
    try {
      while (!stopping) {
        Waiting next = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          test(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void test(Waiting test) {
    try (Lease live = serving.acquire();
        Lease candidate = serving.acquireCandidate();
        Lease former = serving.acquireFormer()) {
      if (live.generation().isEmpty()) {
        meters.skipped(test.task(), Reason.NO_GENERATION);
        return;
      }
      ServingGeneration now = live.generation().get();
      Map<Role, ServingGeneration> asked = new EnumMap<>(Role.class);
      asked.put(Role.LIVE, now);
      otherThan(now, candidate).ifPresent(one -> asked.put(Role.CANDIDATE, one));
      if (test.met().isPresent()) {
        otherThan(now, former).ifPresent(one -> asked.put(Role.FORMER, one));
      }
      if (test.met().isPresent() || asked.size() > 1) {
        finish(test, asked);
      }
    }
  }

  /** It may have been promoted, or rolled back to, meanwhile. */
  private static Optional<ServingGeneration> otherThan(ServingGeneration live, Lease beside) {
    return beside.generation().filter(one -> !one.generation().equals(live.generation()));
  }

  /**
   * What one failed at is no comparison.
   *
   * @param asked in the order of their answers
   */
  private void finish(Waiting test, Map<Role, ServingGeneration> asked) {
    List<GivenAnswer> answers = new ArrayList<>();
    asked.forEach((role, one) -> answer(test, role, one).ifPresent(answers::add));
    if (answers.size() == asked.size()) {
      if (test.met().isEmpty()) {
        meters.compared(test.task(), answers.get(0), answers.get(1));
      }
      results.send(new GenerationTest(test.task(), clock.instant(), answers));
    }
  }

  /** Empty where the answer fails: requests that fail likewise are dealt with there. */
  private Optional<GivenAnswer> answer(Waiting test, Role role, ServingGeneration by) {
    if (test.met().isPresent() && !by.catalogue().contains(test.met().get())) {
      meters.tested(test.task(), role, by.generation(), Outcome.UNKNOWN_ITEM);
      return Optional.of(new GivenAnswer(by.generation(), Outcome.UNKNOWN_ITEM, 0, List.of()));
    }
    try {
      long start = System.nanoTime();
      List<ItemId> items = by.answer(test.prompt()).items().stream().map(RankedItem::item).toList();
      long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
      Outcome outcome =
          test.met()
              .map(item -> items.contains(item) ? Outcome.HIT : Outcome.MISS)
              .orElse(Outcome.NONE);
      meters.tested(test.task(), role, by.generation(), outcome);
      return Optional.of(new GivenAnswer(by.generation(), outcome, micros, items));
    } catch (RuntimeException e) {
      meters.failed(test.task(), role);
      warn(e);
      return Optional.empty();
    }
  }

  /** Not for each of many. */
  private void warn(RuntimeException why) {
    long now = clock.millis();
    if (now - lastWarningMillis >= WARNING_MILLIS) {
      lastWarningMillis = now;
      LOG.warn("answers to tests fail", why);
    }
  }

  /** Waits for the test that runs; those that wait are dropped. */
  @Override
  public void close() {
    records.ifPresent(ComingRecords::close);
    stopping = true;
    try {
      thread.join(STOP_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    results.close();
  }
}
