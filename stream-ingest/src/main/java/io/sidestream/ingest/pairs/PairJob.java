package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.CoalescingUntilBarrier;
import io.sidestream.ingest.flow.Decoding;
import io.sidestream.ingest.flow.KafkaEdge;
import io.sidestream.ingest.flow.Outgoing;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.pairs.WindowLimits;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Wires the counting job: interactions and searches become totals of pairs, exactly once. */
public final class PairJob {
  /** Names the job, its checkpoints, its consumer group and its transactions. */
  public static final String NAME = "pair-counts";

  private PairJob() {}

  /** Adds every source, operator and sink of the job to an environment. */
  public static void wire(
      StreamExecutionEnvironment environment, KafkaEdge kafka, Topics topics, WindowLimits limits) {
    SingleOutputStreamOperator<UserVisit> visits =
        kafka
            .read(environment, NAME, topics.interactions())
            .process(
                new Decoding<>("interaction", EventDecoders.class, EventDecoders::visit),
                UserVisit.TYPE)
            .uid("decode-interaction");
    SingleOutputStreamOperator<String> searched =
        kafka
            .read(environment, NAME, topics.searches())
            .process(
                new Decoding<>("search", EventDecoders.class, EventDecoders::searchedPair),
                Types.STRING)
            .uid("decode-search");
    DataStream<String> met =
        visits
            .keyBy(UserVisit::key, Types.STRING)
            .process(new PairsOfUser(limits), Types.STRING)
            .uid("pairs-of-user");
    met.union(searched)
        .keyBy(pair -> pair, Types.STRING)
        .process(new TotalOfPair(), KeyTotal.TYPE)
        .uid("total-of-pair")
        .transform(
            "coalesce", KeyTotal.TYPE, new CoalescingUntilBarrier<>(KeyTotal::key, KeyTotal::then))
        .uid("coalesce")
        .sinkTo(kafka.exactlyOnce(NAME, "totals", new TotalWriter(topics.pairCounts().name())))
        .uid("write-totals");
    DataStream<Outgoing> rejected =
        visits.getSideOutput(Decoding.REJECTED).union(searched.getSideOutput(Decoding.REJECTED));
    rejected.sinkTo(kafka.exactlyOnce(NAME, "rejected")).uid("write-rejected");
  }
}
