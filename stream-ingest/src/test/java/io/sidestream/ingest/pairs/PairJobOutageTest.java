package io.sidestream.ingest.pairs;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.sidestream.broker.ProxiedPort;
import io.sidestream.chaos.network.FreePorts;
import io.sidestream.chaos.network.TcpProxy;
import io.sidestream.ingest.KafkaFixture;
import io.sidestream.ingest.cluster.JobSettings;
import io.sidestream.ingest.cluster.LocalCluster;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** F9: the job is cut off from its broker for two minutes, with transactions under way. */
@EnabledIfSystemProperty(
    named = "chaos.run",
    matches = "true",
    disabledReason = "the outage takes two minutes: mvn verify -Dchaos.run=true")
class PairJobOutageTest {
  private static final WindowLimits LIMITS = new WindowLimits(5, Duration.ofDays(2));
  private static final int NEIGHBOURS = 7;
  private static final Duration SETTLED = Duration.ofSeconds(2); // of what the broker had received
  private static final Duration OUTAGE = Duration.ofMinutes(2);
  private static final Duration TIMEOUT = Duration.ofMinutes(3);

  @TempDir Path directory;

  @Tag("F9")
  @Test
  void run_withoutItsBrokerForTwoMinutes_showsNothingOfItAndThenCountsExactly() throws Exception {
    Events events = new Events(31, LIMITS);
    int port = FreePorts.find(1, new SplittableRandom(31)).get(0);
    try (TcpProxy network = TcpProxy.start(port);
        KafkaFixture kafka =
            KafkaFixture.start(directory, List.of(new ProxiedPort(port, network.port())));
        LocalCluster cluster = LocalCluster.start(settings(), 1)) {
      String through = "127.0.0.1:" + network.port();
      cluster.submit(
          PairJob.NAME,
          environment ->
              PairJob.wire(
                  environment,
                  kafka.connectors(through, Duration.ofMinutes(10)),
                  Topics.DEFAULT,
                  CountingRule.of(LIMITS),
                  NEIGHBOURS));
      events.send(kafka, 300);
      await().atMost(TIMEOUT).until(() -> Events.read(kafka), events.totals()::equals);
      events.send(kafka, 2_000);
      network.cut();
      Thread.sleep(SETTLED.toMillis());
      Map<String, Long> atCut = Events.read(kafka);
      events.send(kafka, 300);
      assertNotEquals(events.totals(), atCut, "nothing is under way");
      Thread.sleep(OUTAGE.toMillis());
      assertEquals(atCut, Events.read(kafka), "what was not committed is seen");
      network.heal();
      await().atMost(TIMEOUT).until(() -> Events.read(kafka), events.totals()::equals);
      await()
          .atMost(TIMEOUT)
          .until(() -> Events.neighbours(kafka), events.neighbours(0, NEIGHBOURS)::equals);
    }
  }

  private JobSettings settings() {
    return new JobSettings(directory.resolve("checkpoints").toUri(), Duration.ofMillis(200), 2);
  }
}
