package io.sidestream.ingest.requests;

import io.sidestream.ingest.flow.CoalescingUntilBarrier;
import io.sidestream.ingest.flow.Decoder;
import io.sidestream.ingest.flow.Decoding;
import io.sidestream.ingest.flow.KafkaEdge;
import io.sidestream.ingest.pairs.PairJob;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Wires the request job: it watches what is new and asks for a training when that is enough. */
public final class RequestJob {
  /** Names the job, its checkpoints, its consumer group and its transactions. */
  public static final String NAME = "training-requests";

  private RequestJob() {}

  /** Adds every source, operator and sink of the job to an environment. */
  public static void wire(
      StreamExecutionEnvironment environment,
      KafkaEdge kafka,
      Topics topics,
      String catalogue,
      RequestPolicy policy) {
    CorpusListing listing = new BrokerCorpusListing(kafka, KafkaEdge.group(PairJob.NAME));
    Reading reading = new Reading(environment, kafka);
    SingleOutputStreamOperator<Sighting> asked =
        reading.all(topics.trainingRequests(), Sightings::requested).setParallelism(1);
    DataStream<Sighting> seen =
        reading
            .latest(topics.interactions(), Sightings::event)
            .union(
                reading.latest(topics.searches(), Sightings::event),
                reading.latest(topics.items(), Sightings::item),
                reading.all(topics.generations(), Sightings::announced).setParallelism(1),
                asked);
    seen.keyBy(sighting -> catalogue, Types.STRING)
        .process(
            new AskForTraining(topics.items().name(), policy, listing),
            TrainingRequestSerializer.TYPE)
        .uid("ask-for-training")
        .setParallelism(1)
        .sinkTo(
            kafka.exactlyOnce(
                NAME, "requests", new RequestWriter(topics.trainingRequests().name())))
        .uid("write-requests")
        .setParallelism(1);
    asked
        .getSideOutput(Decoding.REJECTED)
        .sinkTo(kafka.exactlyOnce(NAME, "rejected"))
        .uid("write-rejected")
        .setParallelism(1);
  }

  /** Reads topics as sightings. */
  private record Reading(StreamExecutionEnvironment environment, KafkaEdge kafka) {
    SingleOutputStreamOperator<Sighting> all(Topic topic, Decoder<Sighting> decoder) {
      return kafka
          .read(environment, NAME, topic)
          .process(new Decoding<>(topic.name(), Sightings.class, decoder), SightingSerializer.TYPE)
          .uid("decode-" + topic.name());
    }

    SingleOutputStreamOperator<Sighting> latest(Topic topic, Decoder<Sighting> decoder) {
      return all(topic, decoder)
          .transform(
              "coalesce-" + topic.name(),
              SightingSerializer.TYPE,
              new CoalescingUntilBarrier<>(Sighting::key, Sighting::then))
          .uid("coalesce-" + topic.name());
    }
  }
}
