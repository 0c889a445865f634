package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.CoalescingUntilBarrier;
import io.sidestream.ingest.flow.DecodeFunction;
import io.sidestream.ingest.flow.Decoder;
import io.sidestream.ingest.flow.JobSources;
import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.ingest.flow.OutboundRecord;
import io.sidestream.ingest.pairs.PairJob;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.avro.Codecs;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Wires the request job: new events and items to training requests. */
public final class TriggerJob {
  /** Name of the job, its checkpoints, its consumer group and its transactions. */
  public static final String NAME = "training-requests";

  private TriggerJob() {}

  /** Adds every source, operator and sink of the job to an environment. */
  public static void wire(
      StreamExecutionEnvironment environment,
      KafkaConnectors kafka,
      Topics topics,
      TrainingTriggerPolicy policy) {
    CorpusListing listing =
        new BrokerCorpusListing(
            kafka, topics.corpus().stream().map(Topic::name).toList(), kafka.group(PairJob.NAME));
    String catalogue = topics.namespace().catalogue();
    JobSources sources = new JobSources(environment, kafka, NAME);
    SingleOutputStreamOperator<TrainingSignal> requests =
        inOne(sources, topics.trainingRequests(), TrainingSignals::requested);
    String requestTopic = topics.trainingRequests().name();
    DataStream<TrainingSignal> all =
        merged(sources, topics.interactions(), TrainingSignals::event)
            .union(
                merged(sources, topics.searches(), TrainingSignals::event),
                merged(sources, topics.items(), TrainingSignals::item),
                inOne(sources, topics.generations(), TrainingSignals::announced),
                requests);
    all.keyBy(signal -> catalogue, Types.STRING)
        .process(
            new TrainingTriggerFunction(topics.items().name(), policy, listing),
            TrainingRequestSerializer.TYPE)
        .uid("trigger-training")
        .name("trigger-training")
        .setParallelism(1)
        .sinkTo(
            kafka.exactlyOnce(
                NAME,
                "requests",
                request ->
                    OutboundRecord.of(
                            requestTopic,
                            request.catalogue(),
                            Codecs.trainingRequest().encode(request))
                        .kafka()))
        .uid("write-requests")
        .name("write-requests")
        .setParallelism(1);
    // Nothing is rejected here any more; savepoints of earlier versions hold this sink's state.
    requests
        .getSideOutput(DecodeFunction.REJECTED)
        .sinkTo(kafka.exactlyOnce(NAME, "rejected", OutboundRecord::kafka))
        .uid("write-rejected")
        .name("write-rejected")
        .setParallelism(1);
  }

  private static SingleOutputStreamOperator<TrainingSignal> inOne(
      JobSources sources, Topic topic, Decoder<TrainingSignal> decoder) {
    return sources.decodeInOne(
        topic, TrainingSignalSerializer.TYPE, TrainingSignals.class, decoder);
  }

  private static SingleOutputStreamOperator<TrainingSignal> merged(
      JobSources sources, Topic topic, Decoder<TrainingSignal> decoder) {
    String name = "coalesce-" + topic.name();
    return sources
        .decode(topic, TrainingSignalSerializer.TYPE, TrainingSignals.class, decoder)
        .transform(
            name,
            TrainingSignalSerializer.TYPE,
            new CoalescingUntilBarrier<>(TrainingSignal::key, TrainingSignal::then))
        .uid(name);
  }
}
