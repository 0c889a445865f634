package io.sidestream.ingest;

import io.sidestream.ingest.cluster.LocalCluster;
import io.sidestream.ingest.cluster.RunningJob;
import io.sidestream.ingest.coding.CodingJob;
import io.sidestream.ingest.pairs.PairJob;
import io.sidestream.ingest.trigger.TriggerJob;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.access.Acls;
import io.sidestream.schemas.access.ClusterAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three running jobs; closing stops each with a savepoint that the next start restores. */
public final class IngestApplication implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IngestApplication.class);
  private static final int JOBS = 3;

  private final LocalCluster cluster;
  private final List<RunningJob> jobs;
  private final IngestAdmin admin;
  private final AtomicBoolean closed = new AtomicBoolean();

  private IngestApplication(LocalCluster cluster, List<RunningJob> jobs, IngestAdmin admin) {
    this.cluster = cluster;
    this.jobs = List.copyOf(jobs);
    this.admin = admin;
  }

  /** Starts a cluster in this process and submits the jobs. */
  public static IngestApplication start(IngestConfig config) throws Exception {
    ClusterAccess.require(
        config.kafka().clients(), ClusterAccess.START_LIMIT, Acls.ingest(Topics.DEFAULT));
    IngestAdmin admin = IngestAdmin.start(config);
    try {
      LocalCluster cluster = LocalCluster.start(config.jobs(), JOBS);
      return started(cluster, config, admin);
    } catch (Exception e) {
      admin.close();
      throw e;
    }
  }

  private static IngestApplication started(
      LocalCluster cluster, IngestConfig config, IngestAdmin admin) throws Exception {
    try {
      List<RunningJob> jobs = submit(cluster, config, Topics.DEFAULT);
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

  private static List<RunningJob> submit(LocalCluster cluster, IngestConfig config, Topics topics)
      throws Exception {
    List<RunningJob> jobs = new ArrayList<>(JOBS);
    jobs.add(
        cluster.submit(
            PairJob.NAME,
            environment -> PairJob.wire(environment, config.kafka(), topics, config.window())));
    jobs.add(
        cluster.submit(
            TriggerJob.NAME,
            environment ->
                TriggerJob.wire(
                    environment, config.kafka(), topics, config.catalogue(), config.requests())));
    jobs.add(
        cluster.submit(
            CodingJob.NAME,
            environment ->
                CodingJob.wire(environment, config.kafka(), topics, config.encoderThreads())));
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
      for (RunningJob job : jobs) {
        job.stop();
        LOG.info("job {} stopped", job.name());
      }
    } finally {
      cluster.close();
    }
  }
}
