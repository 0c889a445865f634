package io.sidestream.ingest.pairs;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.KafkaFixture;
import io.sidestream.ingest.cluster.JobSettings;
import io.sidestream.ingest.cluster.LocalCluster;
import io.sidestream.ingest.cluster.RunningJob;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.KindWeights;
import io.sidestream.schemas.pairs.WindowLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairJobTest {
  private static final CountingRule RULE =
      new CountingRule(
          new WindowLimits(5, Duration.ofDays(2)),
          KindWeights.parse(List.of("purchase=3", "dislike=-1", "impression=0")));
  private static final int NEIGHBOURS = 7; // fewer than the items that follow one
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Tag("B1")
  @Tag("B9")
  @Tag("B20")
  @Test
  void run_eventsAmongPoisonAndAcrossAStop_countsEqualTheNaiveReference() throws Exception {
    Events events = new Events(11, RULE);
    byte[] poison = "not avro".getBytes(StandardCharsets.UTF_8);
    byte[] large = new byte[1_048_000]; // with the reasons larger than what it came as could be
    Arrays.fill(large, (byte) 'x');
    try (KafkaFixture kafka = KafkaFixture.start(directory)) {
      events.send(kafka, 500);
      try (LocalCluster cluster = LocalCluster.start(settings(), 1)) {
        RunningJob job = submit(cluster, kafka);
        kafka.send(Topics.DEFAULT.interactions(), "user 1", large);
        kafka.send(Topics.DEFAULT.searches(), "a heist", poison);
        events.send(kafka, 500);
        events.sendNamed(kafka, 100);
        events.sendNamedAgain(kafka);
        await().atMost(TIMEOUT).until(() -> Events.read(kafka), events.totals()::equals);
        job.stop();
      }
      events.sendNamedAgain(kafka);
      events.send(kafka, 500);
      try (LocalCluster cluster = LocalCluster.start(settings(), 1)) {
        submit(cluster, kafka);
        await().atMost(TIMEOUT).until(() -> Events.read(kafka), events.totals()::equals);
        await()
            .atMost(TIMEOUT)
            .until(() -> Events.neighbours(kafka), events.neighbours(0, NEIGHBOURS)::equals);
        await()
            .atMost(TIMEOUT)
            .until(() -> Events.clicked(kafka), Events.clicked(events.totals())::equals);
      }
      assertRejected(kafka, "interactions.rejected", "user 1", large);
      assertRejected(kafka, "searches.rejected", "a heist", poison);
    }
  }

  private static void assertRejected(KafkaFixture kafka, String topic, String key, byte[] value) {
    List<ConsumerRecord<byte[], byte[]>> rejected = kafka.committed(topic, 1);
    assertEquals(1, rejected.size());
    ConsumerRecord<byte[], byte[]> record = rejected.get(0);
    assertEquals(key, KafkaFixture.text(record.key()));
    assertArrayEquals(value, record.value());
    assertEquals("unreadable", header(record, "sidestream_reason"));
    assertEquals(topic.replace(".rejected", ""), header(record, "__connect.errors.topic"));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return KafkaFixture.text(record.headers().lastHeader(name).value());
  }

  private static RunningJob submit(LocalCluster cluster, KafkaFixture kafka) throws Exception {
    return cluster.submit(
        PairJob.NAME,
        environment ->
            PairJob.wire(environment, kafka.connectors(), Topics.DEFAULT, RULE, NEIGHBOURS));
  }

  private JobSettings settings() {
    return new JobSettings(directory.resolve("checkpoints").toUri(), Duration.ofMillis(200), 2);
  }
}
