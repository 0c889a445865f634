package io.sidestream.ingest.flow;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * What the tasks of a job in this process did since they started that a checkpoint should hold
 * soon, as a count: records that came in, and results of timers. Thread-safe.
 */
public final class JobActivity {
  private static final Map<JobID, JobActivity> JOBS = new ConcurrentHashMap<>();

  private final LongAdder count = new LongAdder();

  private JobActivity() {}

  /** That of a job. */
  public static JobActivity of(JobID job) {
    return JOBS.computeIfAbsent(job, first -> new JobActivity());
  }

  /** That of a function's job. */
  public static JobActivity of(RuntimeContext context) {
    return of(context.getJobInfo().getJobId());
  }

  /** Forgets that of a job that ended. */
  public static void forget(JobID job) {
    JOBS.remove(job);
  }

  /** Counts one more, in the thread of the task and before its result is handed on. */
  public void add() {
    count.increment();
  }

  /** How many there were. */
  public long sum() {
    return count.sum();
  }
}
