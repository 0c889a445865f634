package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.CoalescingUntilBarrier;
import io.sidestream.ingest.flow.DecodeFunction;
import io.sidestream.ingest.flow.Decoder;
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
      String catalogue,
      TrainingTriggerPolicy policy) {
    CorpusListing listing = new BrokerCorpusListing(kafka, KafkaConnectors.group(PairJob.NAME));
    Signals signals = new Signals(environment, kafka);
    SingleOutputStreamOperator<TrainingSignal> requests =
        signals.all(topics.trainingRequests(), TrainingSignals::requested).setParallelism(1);
    String requestTopic = topics.trainingRequests().name();
    DataStream<TrainingSignal> all =
        signals
            .latest(topics.interactions(), TrainingSignals::event)
            .union(
                signals.latest(topics.searches(), TrainingSignals::event),
                signals.latest(topics.items(), TrainingSignals::item),
                signals.all(topics.generations(), TrainingSignals::announced).setParallelism(1),
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
                        Codecs.trainingRequest().encode(request))))
        .uid("write-requests")
        .name("write-requests")
        .setParallelism(1);
    requests
        .getSideOutput(DecodeFunction.REJECTED)
        .sinkTo(kafka.exactlyOnce(NAME, "rejected", rejected -> rejected))
        .uid("write-rejected")
        .name("write-rejected")
        .setParallelism(1);
  }

  /** Sources of signals. */
  private record Signals(StreamExecutionEnvironment environment, KafkaConnectors kafka) {
    SingleOutputStreamOperator<TrainingSignal> all(Topic topic, Decoder<TrainingSignal> decoder) {
      return kafka
          .read(environment, NAME, topic)
          .process(
              new DecodeFunction<>(topic.name(), TrainingSignals.class, decoder),
              TrainingSignalSerializer.TYPE)
          .uid("decode-" + topic.name())
          .name("decode-" + topic.name());
    }

    SingleOutputStreamOperator<TrainingSignal> latest(
        Topic topic, Decoder<TrainingSignal> decoder) {
      return all(topic, decoder)
          .transform(
              "coalesce-" + topic.name(),
              TrainingSignalSerializer.TYPE,
              new CoalescingUntilBarrier<>(TrainingSignal::key, TrainingSignal::then))
          .uid("coalesce-" + topic.name());
    }
  }
}
