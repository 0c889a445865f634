package io.sidestream.ingest.trigger;

import io.sidestream.ingest.flow.CoalescingUntilBarrier;
import io.sidestream.ingest.flow.DecodeFunction;
import io.sidestream.ingest.flow.Decoder;
import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.ingest.pairs.PairJob;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Wires the request job: it watches what is new and asks for a training when that is enough. */
public final class TriggerJob {
  /** Names the job, its checkpoints, its consumer group and its transactions. */
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
    Reading reading = new Reading(environment, kafka);
    SingleOutputStreamOperator<TrainingSignal> asked =
        reading.all(topics.trainingRequests(), TrainingSignals::requested).setParallelism(1);
    DataStream<TrainingSignal> seen =
        reading
            .latest(topics.interactions(), TrainingSignals::event)
            .union(
                reading.latest(topics.searches(), TrainingSignals::event),
                reading.latest(topics.items(), TrainingSignals::item),
                reading.all(topics.generations(), TrainingSignals::announced).setParallelism(1),
                asked);
    seen.keyBy(sighting -> catalogue, Types.STRING)
        .process(
            new TrainingTriggerFunction(topics.items().name(), policy, listing),
            TrainingRequestSerializer.TYPE)
        .uid("ask-for-training")
        .setParallelism(1)
        .sinkTo(
            kafka.exactlyOnce(
                NAME, "requests", new RequestWriter(topics.trainingRequests().name())))
        .uid("write-requests")
        .setParallelism(1);
    asked
        .getSideOutput(DecodeFunction.REJECTED)
        .sinkTo(kafka.exactlyOnce(NAME, "rejected"))
        .uid("write-rejected")
        .setParallelism(1);
  }

  /** Reads topics as sightings. */
  private record Reading(StreamExecutionEnvironment environment, KafkaConnectors kafka) {
    SingleOutputStreamOperator<TrainingSignal> all(Topic topic, Decoder<TrainingSignal> decoder) {
      return kafka
          .read(environment, NAME, topic)
          .process(
              new DecodeFunction<>(topic.name(), TrainingSignals.class, decoder),
              TrainingSignalSerializer.TYPE)
          .uid("decode-" + topic.name());
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
