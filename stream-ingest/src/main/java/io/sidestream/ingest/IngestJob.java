package io.sidestream.ingest;

import io.sidestream.ingest.coding.CodingJob;
import io.sidestream.ingest.pairs.PairJob;
import io.sidestream.ingest.trigger.TriggerJob;
import io.sidestream.schemas.Topics;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The jobs, each with its name and its wiring, the same on every cluster. */
enum IngestJob {
  PAIRS(
      PairJob.NAME,
      (environment, config, topics) ->
          PairJob.wire(
              environment, config.kafka(), topics, config.counting(), config.neighbours())),
  TRIGGER(
      TriggerJob.NAME,
      (environment, config, topics) ->
          TriggerJob.wire(environment, config.kafka(), topics, config.requests())),
  CODING(
      CodingJob.NAME,
      (environment, config, topics) ->
          CodingJob.wire(
              environment, config.kafka(), topics, config.store(), config.encoderThreads()));

  @FunctionalInterface
  private interface Wiring {
    void add(StreamExecutionEnvironment environment, IngestConfig config, Topics topics);
  }

  private final String jobName;
  private final Wiring wiring;

  IngestJob(String jobName, Wiring wiring) {
    this.jobName = jobName;
    this.wiring = wiring;
  }

  /** Name of the job on a cluster, with prefix and catalogue; its checkpoints lie under it. */
  String jobName(IngestConfig config) {
    return config.topics().namespace().qualify(jobName);
  }

  /** Adds every source, operator and sink of the job to an environment. */
  void wire(StreamExecutionEnvironment environment, IngestConfig config) {
    wiring.add(environment, config, config.topics());
  }
}
