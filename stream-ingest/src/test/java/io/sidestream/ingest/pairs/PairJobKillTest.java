package io.sidestream.ingest.pairs;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.ingest.IngestProcess;
import io.sidestream.ingest.KafkaFixture;
import io.sidestream.schemas.pairs.ItemNeighbours;
import io.sidestream.schemas.pairs.WindowLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairJobKillTest {
  private static final WindowLimits LIMITS = new WindowLimits(5, Duration.ofDays(2));
  private static final int NEIGHBOURS = ItemNeighbours.DEFAULT_BEST;
  private static final Duration TIMEOUT = Duration.ofSeconds(120);
  private static final int KILLS = 1;

  @TempDir Path directory;

  @Tag("F4")
  @Tag("F5")
  @Test
  void run_killedMidStreamAndStartedAgain_committedTotalsAreAsWithoutTheKill() throws Exception {
    Events events = new Events(23, LIMITS);
    Path log = directory.resolve("ingest.log");
    try (KafkaFixture kafka = KafkaFixture.start(directory)) {
      events.send(kafka, 300);
      IngestProcess ingest = IngestProcess.start(settings(kafka), log);
      try {
        for (int kill = 0; kill < KILLS; kill++) {
          long before = sum(Events.read(kafka));
          events.send(kafka, 300);
          awaitMore(kafka, before, ingest, log);
          events.send(kafka, 300);
          ingest.kill();
          events.send(kafka, 300);
          ingest = IngestProcess.start(settings(kafka), log);
        }
        await().atMost(TIMEOUT).until(() -> Events.read(kafka), events.totals()::equals);
        await()
            .atMost(TIMEOUT)
            .until(() -> Events.neighbours(kafka), events.neighbours(0, NEIGHBOURS)::equals);
        assertEquals(128 + 15, ingest.stop(), () -> text(log));
        assertEquals(events.totals(), Events.read(kafka));
      } finally {
        ingest.kill();
      }
    }
  }

  private static void awaitMore(KafkaFixture kafka, long before, IngestProcess ingest, Path log) {
    await()
        .atMost(TIMEOUT)
        .until(
            () -> {
              assertTrue(ingest.isAlive(), () -> "ingest died by itself: " + text(log));
              return sum(Events.read(kafka)) > before;
            });
  }

  private Map<String, String> settings(KafkaFixture kafka) {
    return Map.of(
        "ingest.admin.port", "0",
        "kafka.bootstrap.servers", kafka.bootstrapServers(),
        "ingest.checkpoint.dir", directory.resolve("checkpoints").toString(),
        "ingest.checkpoint.interval", "200ms",
        "ingest.parallelism", "2",
        "ingest.transaction.timeout", "1m",
        "ingest.window.items", Integer.toString(LIMITS.items()),
        "ingest.window.age", LIMITS.age().toHours() + "h",
        "ingest.trigger.events", "0",
        "ingest.trigger.uncoded.share", "0");
  }

  private static long sum(Map<String, Long> totals) {
    return totals.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
