package io.sidestream.index;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.index.serving.TinyGeneration;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.pairs.WindowLimits;
import io.sidestream.schemas.settings.Settings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * L1: one user has most of all events. What others wait, beside the same number of events, is
 * printed: it is a matter of the machine.
 */
@EnabledIfSystemProperty(
    named = "chaos.run",
    matches = "true",
    disabledReason = "times of minutes of requests: mvn verify -Dchaos.run=true")
class HeavyUserTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final int HEAVY = 0;
  private static final int USERS = 2_000;
  private static final int ITEMS = 250;
  private static final int KEPT = WindowLimits.MAX_ITEMS;
  private static final int K = 10;
  private static final int FLOOD = 20_000;
  private static final int EVENTS_PER_SECOND = 200;
  private static final Duration ROUND = Duration.ofSeconds(10);
  private static final int ROUNDS = 4;

  private final TinyGeneration generation =
      new TinyGeneration(
          1, IntStream.range(0, ITEMS).mapToObj(item -> "item-" + item).toArray(String[]::new));
  private final SplittableRandom random = new SplittableRandom(1);

  @TempDir Path work;
  private String brokers = "";

  /** In turn, so that what else the machine does befalls both alike. */
  @Tag("L1")
  @Test
  void requests_besideAUserWithVeryManyEvents_areAnsweredFromWholeHistories() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), 0)) {
      brokers = broker.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
        TopicCreator.create(admin, TOPICS);
      }
      try (Caller caller =
              new Caller(
                  brokers,
                  RequestHeaders.DEFAULT,
                  List.of(TOPICS.recommendationResults().name()),
                  TIMEOUT);
          IndexApplication index = start()) {
        Views.announce(caller, generation);
        await().atMost(TIMEOUT).until(index::isReady);
        round(caller, this::other); // compiles
        flood(caller);

        List<Long> spread = new ArrayList<>();
        List<Long> heavy = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
          spread.addAll(round(caller, this::other));
          heavy.addAll(round(caller, () -> HEAVY));
        }
        report("spread", spread);
        report("of one user", heavy);
        assertEquals(ITEMS - KEPT, ask(caller, HEAVY, ITEMS));
      }
    }
  }

  /** The user's own request comes behind all of them, and knows them all. */
  private void flood(Caller caller) throws Exception {
    long histories = histories();
    long cpu = streamsCpuNanos();
    long start = System.nanoTime();
    for (int event = 1; event < FLOOD; event++) {
      view(caller, HEAVY);
    }
    caller.send(event(HEAVY));
    Duration posted = Duration.ofNanos(System.nanoTime() - start);
    int answered = ask(caller, HEAVY, ITEMS);
    Duration waited = Duration.ofNanos(System.nanoTime() - start);
    long written = histories() - histories;
    System.out.printf(
        Locale.ROOT,
        "flood of %,d: posted in %d ms, answered after %d ms; "
            + "%d us of Kafka Streams' thread each, %,d histories written%n",
        FLOOD,
        posted.toMillis(),
        waited.toMillis(),
        (streamsCpuNanos() - cpu) / 1_000 / FLOOD,
        written);
    assertEquals(ITEMS - KEPT, answered);
    assertTrue(written < FLOOD / 10, written + " histories of " + FLOOD + " events");
  }

  private static long streamsCpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("sidestream-index-.*-StreamThread-\\d+"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getId()))
        .sum();
  }

  /** Records of the changelog. */
  private long histories() throws Exception {
    return HistoryChangelog.records(brokers, "sidestream-index");
  }

  private IndexApplication start() throws Exception {
    return IndexApplication.start(
        IndexConfig.from(
            Settings.of(
                Map.of(
                    "kafka.bootstrap.servers",
                    brokers,
                    "index.dir",
                    work.resolve("index").toString(),
                    "bundles.store",
                    work.resolve("generations").toString(),
                    "index.admin.port",
                    "0",
                    "index.request.max.age",
                    "1h"))), // answered, however slow the machine
        (store, live) -> announced -> generation.load(store));
  }

  /** Microseconds of one request after the other, of others, while events come. */
  private List<Long> round(Caller caller, IntSupplier user) throws Exception {
    long end = System.nanoTime() + ROUND.toNanos();
    Thread events = new Thread(() -> send(caller, user, end), "events");
    events.start();
    List<Long> micros = new ArrayList<>();
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      ask(caller, other(), K);
      micros.add((System.nanoTime() - start) / 1_000);
    }
    events.join();
    return micros;
  }

  private void send(Caller caller, IntSupplier user, long end) {
    long due = System.nanoTime();
    while (due < end) {
      view(caller, user.getAsInt());
      due += 1_000_000_000 / EVENTS_PER_SECOND;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  private synchronized int other() {
    return random.nextInt(HEAVY + 1, USERS);
  }

  private void view(Caller caller, int user) {
    caller.post(event(user));
  }

  private synchronized ProducerRecord<byte[], byte[]> event(int user) {
    return Views.of(user, "item-" + random.nextInt(ITEMS));
  }

  /** Returns how many items the answer has: all but those of the history. */
  private static int ask(Caller caller, int user, int k) throws Exception {
    return Views.recommended(caller, user, k).items().size();
  }

  private static void report(String events, List<Long> micros) {
    System.out.printf(
        Locale.ROOT,
        "events %s: %,d requests, p50 %,d us, p99 %,d us%n",
        events,
        micros.size(),
        percentile(micros, 50),
        percentile(micros, 99));
  }

  private static long percentile(List<Long> micros, int percent) {
    List<Long> sorted = new ArrayList<>(micros);
    Collections.sort(sorted);
    return sorted.get(sorted.size() * percent / 100);
  }
}
