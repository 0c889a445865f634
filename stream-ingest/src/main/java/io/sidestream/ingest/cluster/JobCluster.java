package io.sidestream.ingest.cluster;

import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster that runs the jobs. */
public interface JobCluster extends AutoCloseable {
  /**
   * Starts a job from its newest checkpoint or savepoint; a job of this name that runs already is
   * taken over as it is.
   *
   * @param wiring adds sources, operators and sinks
   */
  RunningJob submit(String job, Consumer<StreamExecutionEnvironment> wiring) throws Exception;

  /** Whether the jobs stop with this process. */
  boolean stopsJobs();

  /** Lets go of the cluster. */
  @Override
  void close();
}
