package io.sidestream.ingest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sidestream.ingest.cluster.JobSettings;
import io.sidestream.ingest.cluster.LocalCluster;
import io.sidestream.ingest.cluster.RunningJob;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobWatchTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String JOB = "job";
  private static final int FAILURES = 6; // as many once ended a job
  private static final AtomicBoolean BROKEN = new AtomicBoolean();
  private static final AtomicInteger FAILED = new AtomicInteger();

  @TempDir Path directory;

  @Test
  void running_aJobThatFailsAgainAndAgain_isZeroAndOneOnceTheCauseIsGone() throws Exception {
    MeterRegistry registry = new SimpleMeterRegistry();
    JobSettings settings = new JobSettings(directory.toUri(), Duration.ofMillis(200), 1);
    try (LocalCluster cluster = LocalCluster.start(settings, 1);
        JobWatch watch = new JobWatch(Duration.ofMinutes(5), Clock.systemUTC(), registry)) {
      RunningJob job = cluster.submit(JOB, JobWatchTest::wire);
      watch.start(List.of(job));
      await().atMost(TIMEOUT).until(() -> running(registry) == 1);
      assertTrue(watch.isRunning());

      BROKEN.set(true);
      await().atMost(TIMEOUT).until(() -> FAILED.get() >= FAILURES);
      await().atMost(TIMEOUT).until(() -> running(registry) == 0);
      assertFalse(watch.isRunning());
      assertFalse(job.ended().isDone());

      BROKEN.set(false);
      await().atMost(TIMEOUT).until(() -> running(registry) == 1);
      assertTrue(watch.isRunning());
    }
  }

  private static double running(MeterRegistry registry) {
    return registry.get("sidestream.job.running").tag("job_name", JOB).gauge().value();
  }

  private static void wire(StreamExecutionEnvironment environment) {
    environment
        .fromSequence(0, Long.MAX_VALUE)
        .uid("numbers")
        .map(new FailsWhileBroken())
        .uid("fails")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
  }

  /** A fake of whatever is away: a broker, a disk, a library. */
  private static final class FailsWhileBroken implements MapFunction<Long, Long> {
    private static final long serialVersionUID = 1;

    @Override
    public Long map(Long value) {
      if (BROKEN.get()) {
        FAILED.incrementAndGet();
        throw new IllegalStateException("broken, as the test wants it");
      }
      return value;
    }
  }
}
