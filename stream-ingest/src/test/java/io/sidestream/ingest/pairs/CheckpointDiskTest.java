package io.sidestream.ingest.pairs;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sidestream.chaos.process.SmallDisk;
import io.sidestream.ingest.KafkaFixture;
import io.sidestream.ingest.cluster.JobSettings;
import io.sidestream.ingest.cluster.LocalCluster;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** For half a minute the job has no space for its checkpoints. */
@EnabledIfSystemProperty(
    named = "chaos.run",
    matches = "true",
    disabledReason = "the disk is full for half a minute: mvn verify -Dchaos.run=true")
class CheckpointDiskTest {
  private static final WindowLimits LIMITS = new WindowLimits(5, Duration.ofDays(2));
  private static final int NEIGHBOURS = 7;
  private static final int MEBIBYTES = 64;
  private static final Duration FULL = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  @TempDir Path directory;

  @Tag("F17")
  @Test
  void run_noSpaceForCheckpoints_showsNothingOfItAndThenCountsExactly() throws Exception {
    Optional<SmallDisk> mounted = SmallDisk.mount(directory.resolve("disk"), MEBIBYTES);
    assumeTrue(mounted.isPresent(), "skipped: this process may not mount a small file system");
    Events events = new Events(32, LIMITS);
    try (SmallDisk disk = mounted.orElseThrow();
        KafkaFixture kafka = KafkaFixture.start(directory);
        LocalCluster cluster = LocalCluster.start(settings(), 1)) {
      cluster.submit(
          PairJob.NAME,
          environment ->
              PairJob.wire(
                  environment,
                  kafka.connectors(),
                  Topics.DEFAULT,
                  CountingRule.of(LIMITS),
                  NEIGHBOURS));
      events.send(kafka, 300);
      await().atMost(TIMEOUT).until(() -> Events.read(kafka), events.totals()::equals);
      disk.fill();
      Map<String, Long> whenFull = Events.read(kafka);
      events.send(kafka, 1_000);
      Thread.sleep(FULL.toMillis());
      assertEquals(whenFull, Events.read(kafka), "what is in no checkpoint is seen");
      disk.free();
      await().atMost(TIMEOUT).until(() -> Events.read(kafka), events.totals()::equals);
      await()
          .atMost(TIMEOUT)
          .until(() -> Events.neighbours(kafka), events.neighbours(0, NEIGHBOURS)::equals);
    }
  }

  private JobSettings settings() {
    return new JobSettings(
        directory.resolve("disk/checkpoints").toUri(), Duration.ofMillis(200), 2);
  }
}
