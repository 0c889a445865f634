package io.sidestream.ingest;

import io.sidestream.ingest.cluster.JobCluster;
import io.sidestream.ingest.cluster.LocalCluster;
import io.sidestream.ingest.cluster.RunningJob;
import io.sidestream.ingest.cluster.SessionCluster;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.access.ClusterAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three running jobs. Closing stops each with a savepoint that the next start restores; on a
 * cluster of its own they run on, unless a setting says otherwise.
 */
public final class IngestApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IngestApplication.class);

  private final JobCluster cluster;
  private final List<RunningJob> jobs;
  private final IngestAdmin admin;
  private final AtomicBoolean closed = new AtomicBoolean();

  private IngestApplication(JobCluster cluster, List<RunningJob> jobs, IngestAdmin admin) {
    this.cluster = cluster;
    this.jobs = List.copyOf(jobs);
    this.admin = admin;
  }

  /** Starts a cluster in this process, or connects to one, and submits the jobs. */
  public static IngestApplication start(IngestConfig config) throws Exception {
    ClusterAccess.require(
        config.kafka().clients(), config.brokerTimeout(), Acls.ingest(config.topics()));
    IngestAdmin admin = IngestAdmin.start(config);
    try {
      return started(cluster(config), config, admin);
    } catch (Exception e) {
      admin.close();
      throw e;
    }
  }

  private static IngestApplication started(
      JobCluster cluster, IngestConfig config, IngestAdmin admin) throws Exception {
    try {
      List<RunningJob> jobs = submit(cluster, config);
      admin.watch(jobs);
      return new IngestApplication(cluster, jobs, admin);
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  /** The port of health and metrics. */
  public int adminPort() {
    return admin.port();
  }

  private static JobCluster cluster(IngestConfig config) throws Exception {
    return config.session().isPresent()
        ? SessionCluster.connect(config.jobs(), config.session().get())
        : LocalCluster.start(config.jobs(), IngestJob.values().length, config.flinkMetricsPort());
  }

  private static List<RunningJob> submit(JobCluster cluster, IngestConfig config) throws Exception {
    List<RunningJob> jobs = new ArrayList<>();
    for (IngestJob job : IngestJob.values()) {
      jobs.add(cluster.submit(job.jobName(config), environment -> job.wire(environment, config)));
    }
    return jobs;
  }

  /**
   * Waits until the application is closed.
   *
   * @throws IllegalStateException when a job ends by itself before that: jobs read without end
   */
  public void awaitStopped() throws InterruptedException {
    CompletableFuture<?>[] ends =
        jobs.stream().map(RunningJob::ended).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.anyOf(ends).get();
    } catch (ExecutionException e) {
      LOG.debug("the cluster lost a job", e);
    }
    if (!closed.get()) {
      IllegalStateException failure = endedByItself();
      admin.failed(failure);
      throw failure;
    }
  }

  private IllegalStateException endedByItself() {
    RunningJob job = jobs.stream().filter(each -> each.ended().isDone()).findFirst().orElseThrow();
    return new IllegalStateException(
        "job " + job.name() + " ended by itself, expected it to run until closed",
        job.failure().orElse(null));
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (admin) {
      admin.stopping();
      jobs.forEach(this::release);
    } finally {
      cluster.close();
    }
  }

  private void release(RunningJob job) {
    if (cluster.stopsJobs()) {
      job.stop();
      LOG.info("job {} stopped", job.name());
    } else {
      LOG.info("job {} runs on", job.name());
    }
  }
}
