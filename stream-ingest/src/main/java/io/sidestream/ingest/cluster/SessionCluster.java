package io.sidestream.ingest.cluster;

import io.sidestream.schemas.UserErrorException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Flink cluster of its own, reached at its REST endpoint. */
public final class SessionCluster implements JobCluster {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCluster.class);

  private final SessionSettings session;
  private final RestClusterClient<StandaloneClusterId> client;
  private final JobGraphs graphs;

  private SessionCluster(
      SessionSettings session, RestClusterClient<StandaloneClusterId> client, JobGraphs graphs) {
    this.session = session;
    this.client = client;
    this.graphs = graphs;
  }

  /**
   * Connects to a cluster.
   *
   * @throws UserErrorException when there is no job jar
   */
  public static SessionCluster connect(JobSettings jobs, SessionSettings session) throws Exception {
    if (!Files.isRegularFile(session.jar())) {
      throw new UserErrorException(
          "job jar %s is not a file: set ingest.flink.jar to sidestream-jobs.jar", session.jar());
    }
    Configuration flink = FlinkConfiguration.load();
    flink.set(RestOptions.ADDRESS, session.host());
    flink.set(RestOptions.PORT, session.port());
    return new SessionCluster(
        session,
        new RestClusterClient<>(flink, StandaloneClusterId.getInstance()),
        new JobGraphs(jobs));
  }

  @Override
  public RunningJob submit(String job, Consumer<StreamExecutionEnvironment> wiring)
      throws Exception {
    Optional<JobID> running = running(job);
    if (running.isPresent()) {
      LOG.info("job {} runs on {} already, as {}", job, session, running.get());
      return running(job, running.get());
    }
    StreamGraph graph = graphs.graph(job, wiring);
    graph.addJar(new Path(session.jar().toUri()));
    graph.serializeUserDefinedInstances();
    JobID id = answer(client.submitJob(graph));
    LOG.info("job {} runs on {}, as {}", job, session, id);
    return running(job, id);
  }

  private RunningJob running(String job, JobID id) {
    return new RunningJob(job, graphs.savepoints(job), client, id);
  }

  private Optional<JobID> running(String job) throws InterruptedException {
    return answer(client.listJobs()).stream()
        .filter(status -> status.getJobName().equals(job))
        .filter(status -> !status.getJobState().isGloballyTerminalState())
        .map(JobStatusMessage::getJobId)
        .findFirst();
  }

  private <T> T answer(CompletableFuture<T> asked) throws InterruptedException {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      throw new UserErrorException(
          e, "the Flink cluster at " + session + " refused or does not answer");
    }
  }

  @Override
  public boolean stopsJobs() {
    return session.stopJobs();
  }

  @Override
  public void close() {
    client.close();
  }
}
