package io.sidestream.index.serving;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.index.store.AssignmentStore;
import io.sidestream.model.bundle.BundleReader;
import io.sidestream.model.bundle.OpenGeneration;
import io.sidestream.model.fixtures.TinyGeneration;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.ItemAttributes;
import io.sidestream.model.ranking.ListSettings;
import io.sidestream.model.ranking.LiveCounts;
import io.sidestream.model.ranking.QueryCache;
import io.sidestream.model.ranking.QueryReading;
import io.sidestream.model.store.BundleStore;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.model.store.FetchListener;
import io.sidestream.model.store.GenerationOpener;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.CorpusOffsets;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.GenerationHistory;
import io.sidestream.schemas.GenerationState;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real bundles swapped, refused and rolled back while requests run through their models. */
class BundleSwapTest {
  private static final ItemAdmission ADMISSION =
      new ItemAdmission(1_000, new SimpleMeterRegistry());

  private static final OnnxSessions SESSIONS = OnnxSessions.cpu(1);

  @TempDir Path directory;

  private final Serving serving = new Serving();
  private final ExecutorService threads = Executors.newFixedThreadPool(3);
  private GenerationHistory history = GenerationHistory.NONE;
  private AssignmentStore store;
  private GenerationSwitch rotation;

  @BeforeEach
  void open() throws Exception {
    store = AssignmentStore.open(directory.resolve("index"));
    rotation =
        new GenerationSwitch(
            new BundleLoader(
                new GenerationOpener(
                    BundleStore.of(BundleStoreConfig.directory(directory)),
                    SESSIONS,
                    FetchListener.NONE),
                store,
                LiveCounts.NONE,
                ItemAttributes.NONE,
                ADMISSION,
                QueryCache.NONE,
                QueryReading.AS_MEANT,
                new ListSettings(0, 1, ListSettings.MEASURED)),
            threads,
            store,
            serving,
            ADMISSION,
            new SimpleMeterRegistry(),
            Duration.ofMillis(1),
            Duration.ZERO,
            RetryDelays.DEFAULT,
            Clock.systemUTC(),
            System::nanoTime);
  }

  @AfterEach
  void close() {
    threads.shutdown();
    rotation.close();
    store.close();
  }

  @Tag("F7")
  @Tag("M3")
  @Tag("M12")
  @Test
  void swapsRefusalAndRollback_underRequests_failNoneAndMixNone() throws Exception {
    announce(publish(1, 20));
    awaitServing(1);
    AtomicBoolean done = new AtomicBoolean();
    List<Future<Integer>> clients = new ArrayList<>();
    clients.add(threads.submit(() -> ask(done)));
    clients.add(threads.submit(() -> ask(done)));

    announce(publish(2, 25));
    awaitServing(2);
    announce(flipped(publish(3, 30)));
    await().pollInSameThread().until(() -> advanced(3) == GenerationRole.REFUSED);
    assertEquals(Optional.of(new Generation(2)), serving.generation());
    announce(publish(4, 35));
    awaitServing(4);
    announce(
        history
            .find(new Generation(1))
            .orElseThrow()
            .in(GenerationState.RETIRED, "superseded", Instant.EPOCH));
    announce(
        history
            .find(new Generation(3))
            .orElseThrow()
            .in(GenerationState.RETIRED, "broken", Instant.EPOCH));
    history.rollback(Instant.EPOCH).forEach(this::announce);
    awaitServing(2);

    done.set(true);
    for (Future<Integer> client : clients) {
      assertTrue(client.get() > 0);
    }
  }

  private int ask(AtomicBoolean done) {
    int answered = 0;
    while (!done.get()) {
      Prompt prompt =
          answered % 2 == 0
              ? new Prompt.ForSearch("a story", 100, Set.of(), Optional.empty())
              : new Prompt.ForRecommendation(
                  List.of(TinyGeneration.itemId(answered % 20)),
                  true,
                  100,
                  Set.of(),
                  Optional.empty());
      try (Lease lease = serving.acquire()) {
        ServingGeneration now = lease.generation().orElseThrow();
        Reply reply = now.answer(prompt).reply();
        assertEquals(Reply.Status.OK, reply.status());
        assertEquals(now.generation(), reply.generation().orElseThrow());
        assertTrue(reply.items().size() >= 20, "candidates are at least the nearest 20");
      }
      answered++;
    }
    return answered;
  }

  private GenerationAnnouncement publish(long number, int items) throws Exception {
    Path bundle = new TinyGeneration(new Generation(number), items, number).publish(directory);
    try (OpenGeneration open = BundleReader.open(bundle, SESSIONS)) {
      return new GenerationAnnouncement(
          open.generation(),
          GenerationState.LIVE,
          "both tasks hold",
          open.manifestSha256(),
          Optional.empty(),
          new CorpusOffsets(Map.of()),
          Map.of(),
          Instant.EPOCH);
    }
  }

  private GenerationAnnouncement flipped(GenerationAnnouncement announced) throws Exception {
    Path file = directory.resolve(announced.generation().directoryName()).resolve("generator.onnx");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 4;
    Files.write(file, bytes);
    return announced;
  }

  private void announce(GenerationAnnouncement announced) {
    history = history.with(announced);
    rotation.announced(announced);
    rotation.advance();
  }

  private void awaitServing(long number) {
    await().pollInSameThread().until(() -> advanced(number) == GenerationRole.SERVING);
  }

  private GenerationRole advanced(long number) {
    rotation.advance();
    return rotation.reports().stream()
        .filter(report -> report.announcement().generation().number() == number)
        .findFirst()
        .orElseThrow()
        .role();
  }
}
