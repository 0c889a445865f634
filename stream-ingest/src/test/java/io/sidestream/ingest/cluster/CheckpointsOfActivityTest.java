package io.sidestream.ingest.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.ingest.flow.JobActivity;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;

class CheckpointsOfActivityTest {
  private static final Duration INTERVAL = Duration.ofMillis(2);
  private static final int LOOKS = 10;
  private static final JobID JOB = new JobID();

  private final OneJob cluster = new OneJob();

  @Test
  void look_nothingHappens_takesTheFirstAlone() throws Exception {
    try (CheckpointsOfActivity checkpoints = new CheckpointsOfActivity(cluster, INTERVAL)) {
      checkpoints.watch(JOB);
      awaitLooks(LOOKS);
      assertEquals(0, cluster.taken.get(), "its tasks do not run yet");

      cluster.running = true;
      await().until(() -> cluster.taken.get() == 1);
      Thread.sleep(LOOKS * INTERVAL.toMillis());
      assertEquals(1, cluster.taken.get());
    }
  }

  @Test
  void look_activity_takesOneMoreUntilItSucceeds() {
    try (CheckpointsOfActivity checkpoints = new CheckpointsOfActivity(cluster, INTERVAL)) {
      cluster.running = true;
      checkpoints.watch(JOB);
      await().until(() -> cluster.taken.get() == 1);

      cluster.failures.set(3);
      JobActivity.of(JOB).add();
      await().until(() -> cluster.taken.get() == 2);
      assertEquals(0, cluster.failures.get());
    }
  }

  @Test
  void look_activityWhileOneIsTaken_takesAnother() {
    try (CheckpointsOfActivity checkpoints = new CheckpointsOfActivity(cluster, INTERVAL)) {
      cluster.running = true;
      cluster.during = JobActivity.of(JOB)::add;
      checkpoints.watch(JOB);
      await().until(() -> cluster.taken.get() >= 2);
    }
  }

  @Test
  void forget_activity_takesNone() throws Exception {
    try (CheckpointsOfActivity checkpoints = new CheckpointsOfActivity(cluster, INTERVAL)) {
      cluster.running = true;
      checkpoints.watch(JOB);
      await().until(() -> cluster.taken.get() == 1);

      checkpoints.forget(JOB);
      JobActivity.of(JOB).add();
      Thread.sleep(LOOKS * INTERVAL.toMillis());
      assertEquals(1, cluster.taken.get());
    }
  }

  private void awaitLooks(int looks) {
    int before = cluster.asked.get();
    await().until(() -> cluster.asked.get() >= before + looks);
  }

  /** A cluster with one job. */
  private static final class OneJob implements CheckpointsOfActivity.Jobs {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean running;
    private volatile Runnable during = () -> {};

    @Override
    public CompletableFuture<Boolean> running(JobID job) {
      asked.incrementAndGet();
      return CompletableFuture.completedFuture(running);
    }

    @Override
    public CompletableFuture<Long> checkpoint(JobID job) {
      if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        return CompletableFuture.failedFuture(new IllegalStateException("as the test wants it"));
      }
      during.run();
      return CompletableFuture.completedFuture((long) taken.incrementAndGet());
    }
  }
}
