package io.sidestream.ingest;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.ingest.cluster.JobReport;
import io.sidestream.ingest.cluster.JobReport.CompletedCheckpoint;
import io.sidestream.ingest.cluster.RunningJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the cluster about the jobs, at an interval: for readiness and for metrics. */
final class JobWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /** A cluster that does not answer in this time has no running job. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private static final JobReport UNKNOWN = new JobReport(false, Optional.empty(), 0, 0);

  private final Duration maxAge;
  private final Clock clock;
  private final MeterRegistry registry;
  private final Map<String, JobReport> reports = new ConcurrentHashMap<>();
  private final ScheduledExecutorService polling =
      Executors.newSingleThreadScheduledExecutor(JobWatch::thread);
  private volatile List<RunningJob> jobs = List.of();
  private volatile Instant since = Instant.EPOCH;

  /**
   * @param maxAge of the last checkpoint, for the process to be ready
   */
  JobWatch(Duration maxAge, Clock clock, MeterRegistry registry) {
    this.maxAge = maxAge;
    this.clock = clock;
    this.registry = registry;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "job-watch");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to ask about the jobs. */
  void start(List<RunningJob> started) {
    since = clock.instant();
    for (RunningJob job : started) {
      reports.put(job.name(), UNKNOWN);
      register(job.name());
    }
    jobs = List.copyOf(started);
    polling.scheduleWithFixedDelay(this::ask, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void register(String job) {
    gauge("sidestream.job.running", job, report -> report.running() ? 1 : 0);
    gauge("sidestream.checkpoint.age.seconds", job, report -> age(report).toMillis() / 1e3);
    gauge(
        "sidestream.checkpoint.duration.seconds",
        job,
        report -> report.newest().map(last -> last.took().toMillis() / 1e3).orElse(Double.NaN));
    gauge(
        "sidestream.checkpoint.size.bytes",
        job,
        report -> report.newest().map(last -> (double) last.bytes()).orElse(Double.NaN));
    counter("completed", job, JobReport::completed);
    counter("failed", job, JobReport::failed);
  }

  private void gauge(String name, String job, ToDoubleFunction<JobReport> value) {
    Gauge.builder(name, this, watch -> value.applyAsDouble(watch.report(job)))
        .tag("job_name", job)
        .register(registry);
  }

  private void counter(String outcome, String job, ToDoubleFunction<JobReport> value) {
    FunctionCounter.builder(
            "sidestream.checkpoints", this, watch -> value.applyAsDouble(watch.report(job)))
        .tags("job_name", job, "outcome", outcome)
        .register(registry);
  }

  private JobReport report(String job) {
    return reports.getOrDefault(job, UNKNOWN);
  }

  private void ask() {
    for (RunningJob job : jobs) {
      reports.put(job.name(), ask(job));
    }
  }

  private JobReport ask(RunningJob job) {
    try {
      return job.report().get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("job {} does not answer", job.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    JobReport last = report(job.name());
    return new JobReport(false, last.newest(), last.completed(), last.failed());
  }

  /** Whether each task of each job runs. */
  boolean isRunning() {
    return !jobs.isEmpty() && reports.values().stream().allMatch(JobReport::running);
  }

  /** Whether the last checkpoint of each job is young enough; at first, whether the start is. */
  boolean isCheckpointed() {
    return reports.values().stream().allMatch(report -> age(report).compareTo(maxAge) <= 0);
  }

  private Duration age(JobReport report) {
    Instant last = report.newest().map(CompletedCheckpoint::at).orElse(since);
    return Duration.between(last, clock.instant());
  }

  @Override
  public void close() {
    polling.shutdownNow();
  }
}
