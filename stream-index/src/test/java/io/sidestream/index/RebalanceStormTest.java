package io.sidestream.index;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.broker.EmbeddedBroker;
import io.sidestream.index.serving.TinyGeneration;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.kafka.RequestHeaders;
import io.sidestream.schemas.kafka.TopicCreator;
import io.sidestream.schemas.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F11: an index leaves or joins every six seconds, ten times, while users ask. */
@EnabledIfSystemProperty(
    named = "chaos.run",
    matches = "true",
    disabledReason = "indexes come and go for minutes: mvn verify -Dchaos.run=true")
class RebalanceStormTest {
  private static final Topics TOPICS = Topics.DEFAULT;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofSeconds(6);
  private static final int STEPS = 10;
  private static final int ITEMS = 10;
  private static final int USERS = 600;
  private static final int EVENTS = 10 * USERS;

  /** As small beside the events as Kafka's 10,000 is beside those of a catalogue. */
  private static final int ACCEPTABLE_LAG = 100;

  private static final long SEED = 11;

  private final Deque<IndexApplication> running = new ArrayDeque<>();
  private double restored;
  private long written;

  @TempDir Path work;
  private String brokers = "";

  @Tag("F11")
  @ParameterizedTest
  @CsvSource({"1, true", "1, false", "0, true"})
  void histories_indexesComeAndGo_areRightAndNotReadFromTheBeginning(int standbys, boolean kept)
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), 0)) {
      brokers = broker.bootstrapServers();
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
        TopicCreator.create(admin, TOPICS);
      }
      try (Caller caller = caller()) {
        Views.announce(caller, generation());
        join(0, standbys);
        for (int event = 0; event < EVENTS; event++) {
          view(caller, event);
        }
        await().atMost(TIMEOUT).until(() -> items(caller, USERS - 1).equals(expected(USERS - 1)));
        written = HistoryChangelog.records(brokers, "sidestream-index");
        join(1, standbys);
        await()
            .atMost(TIMEOUT)
            .until(() -> standbys == 0 || MetricsPage.copied(running.getLast()) >= written);
        restored =
            -MetricsPage.restored(running.getFirst()) - MetricsPage.restored(running.getLast());
        storm(caller, standbys, kept);
        for (int user = 0; user < USERS; user += 7) {
          assertEquals(expected(user), items(caller, user), "user " + user);
        }
      } finally {
        while (!running.isEmpty()) {
          leave();
        }
      }
      System.out.printf(
          Locale.ROOT,
          "storm, %d standby, directories %s: %,.0f of %,d histories read again%n",
          standbys,
          kept ? "kept" : "lost",
          restored,
          written);
      assertTrue(standbys == 0 || restored < written / 10.0, restored + " read again");
    }
  }

  /** The one that runs longest leaves, another one joins, and so on. */
  private void storm(Caller caller, int standbys, boolean kept) throws Exception {
    CompletableFuture<Void> steps =
        CompletableFuture.runAsync(
            () -> {
              for (int step = 0; step < STEPS; step++) {
                sleep(STEP);
                if (step % 2 == 0) {
                  leave();
                } else {
                  join(kept ? step / 2 % 2 : 2 + step, standbys);
                }
              }
              sleep(STEP);
            });
    SplittableRandom random = new SplittableRandom(SEED);
    long slowest = 0;
    int asked = 0;
    while (!steps.isDone()) {
      int user = random.nextInt(USERS);
      long start = System.nanoTime();
      Set<String> answer = items(caller, user);
      slowest = Math.max(slowest, System.nanoTime() - start);
      asked++;
      assertEquals(expected(user), answer, "user " + user);
      sleep(Duration.ofMillis(20));
    }
    steps.get();
    System.out.printf("storm: %d asked, slowest %d ms%n", asked, slowest / 1_000_000);
  }

  private void join(int directory, int standbys) {
    TinyGeneration generation = generation();
    try {
      IndexApplication index =
          IndexApplication.start(
              IndexConfig.from(
                  Settings.of(
                      Map.of(
                          "kafka.bootstrap.servers",
                          brokers,
                          "index.dir",
                          work.resolve("index-" + directory).toString(),
                          "bundles.store",
                          work.resolve("generations").toString(),
                          "index.standby.replicas",
                          Integer.toString(standbys),
                          "index.kafka.acceptable.recovery.lag",
                          Integer.toString(ACCEPTABLE_LAG),
                          "index.tests.users",
                          "0",
                          "index.admin.port",
                          "0"))),
              (store, live) -> announced -> generation.load(store));
      running.addLast(index);
      await().atMost(TIMEOUT).until(index::isReady);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void leave() {
    IndexApplication index = running.removeFirst();
    try {
      restored += MetricsPage.restored(index);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    index.close();
  }

  private static TinyGeneration generation() {
    return new TinyGeneration(
        1, IntStream.range(0, ITEMS).mapToObj(Integer::toString).toArray(String[]::new));
  }

  private Caller caller() {
    return new Caller(
        brokers, RequestHeaders.DEFAULT, List.of(TOPICS.recommendationResults().name()));
  }

  private static void view(Caller caller, int event) {
    int user = event % USERS;
    String item = Integer.toString(event / USERS % 2 == 0 ? user % ITEMS : user / ITEMS % ITEMS);
    caller.post(Views.of(user, item));
  }

  private static Set<String> expected(int user) {
    Set<String> all =
        IntStream.range(0, ITEMS)
            .mapToObj(Integer::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    all.remove(Integer.toString(user % ITEMS));
    all.remove(Integer.toString(user / ITEMS % ITEMS));
    return all;
  }

  private static Set<String> items(Caller caller, int user) throws Exception {
    return Caller.items(Views.recommended(caller, user, ITEMS));
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
