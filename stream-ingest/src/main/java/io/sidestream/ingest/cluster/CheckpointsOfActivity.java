package io.sidestream.ingest.cluster;

import io.sidestream.ingest.flow.JobActivity;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes checkpoints of jobs in this process, at an interval and while something happens in them.
 */
final class CheckpointsOfActivity implements AutoCloseable {
  /*
   * An activity is counted by the task that it happens in, before its result is handed on: so the
   * barrier of a checkpoint that is triggered after the count was read is behind that result, and
   * the checkpoint holds it. One that failed is triggered again at the next look.
   */
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointsOfActivity.class);

  private static final CompletableFuture<Boolean> NONE = CompletableFuture.completedFuture(false);

  /** The cluster of the jobs. */
  interface Jobs {
    /** Whether each task of a job runs. */
    CompletableFuture<Boolean> running(JobID job);

    /** Takes a checkpoint, and completes with its number. */
    CompletableFuture<Long> checkpoint(JobID job);
  }

  private final Jobs jobs;
  private final Map<JobID, Held> watched = new ConcurrentHashMap<>();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(CheckpointsOfActivity::thread);

  /**
   * Begins to look at jobs.
   *
   * @param interval between two looks
   */
  CheckpointsOfActivity(Jobs jobs, Duration interval) {
    this.jobs = jobs;
    looking.scheduleWithFixedDelay(
        this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "checkpoints");
    thread.setDaemon(true);
    return thread;
  }

  /** Takes a job's checkpoints from now on, the first in any case. */
  void watch(JobID job) {
    watched.put(job, new Held());
  }

  /** Takes no more of a job's; none is triggered after this. */
  synchronized void forget(JobID job) {
    watched.remove(job);
    JobActivity.forget(job);
  }

  private void look() {
    watched.forEach(this::look);
  }

  private void look(JobID job, Held held) {
    long activity = JobActivity.of(job).sum();
    if (held.last.isDone() && activity > held.activity) {
      held.last =
          jobs.running(job)
              .thenCompose(running -> running ? checkpoint(job) : NONE)
              .handle((taken, failure) -> held.note(job, taken, activity, failure));
    }
  }

  private synchronized CompletableFuture<Boolean> checkpoint(JobID job) {
    return watched.containsKey(job) ? jobs.checkpoint(job).thenApply(number -> true) : NONE;
  }

  @Override
  public void close() {
    looking.shutdownNow();
    watched.keySet().forEach(this::forget);
  }

  /** What the last checkpoint of a job holds. */
  private static final class Held {
    private CompletableFuture<Boolean> last = NONE; // of the thread that looks
    private volatile long activity = -1;

    boolean note(JobID job, @Nullable Boolean taken, long holds, @Nullable Throwable failure) {
      if (failure != null) {
        LOG.debug("job {} took no checkpoint", job, failure);
      } else if (Boolean.TRUE.equals(taken)) {
        activity = holds;
      }
      return activity == holds;
    }
  }
}
