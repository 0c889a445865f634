package io.sidestream.ingest;

import io.sidestream.ingest.cluster.JobGraphs;

/**
 * Entry point of the job jar: submits jobs to the cluster that runs it, by {@code flink run} or in
 * application mode, and returns when they are submitted.
 */
public final class JobMain {
  private JobMain() {}

  /** Submits the jobs that the arguments name; without any, all. */
  public static void main(String[] arguments) throws Exception {
    JobArguments given = JobArguments.parse(arguments);
    IngestConfig config =
        IngestConfig.from(given.settings(System.getenv(), System.getProperties()));
    JobGraphs graphs = new JobGraphs(config.jobs());
    for (IngestJob job : given.jobs()) {
      String name = job.jobName(config);
      graphs.environment(name, environment -> job.wire(environment, config)).executeAsync(name);
    }
  }
}
