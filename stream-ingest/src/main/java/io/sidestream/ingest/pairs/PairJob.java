package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.CoalescingUntilBarrier;
import io.sidestream.ingest.flow.DecodeFunction;
import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.ingest.flow.OutboundRecord;
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
      StreamExecutionEnvironment environment,
      KafkaConnectors kafka,
      Topics topics,
      WindowLimits limits) {
    SingleOutputStreamOperator<UserInteraction> visits =
        kafka
            .read(environment, NAME, topics.interactions())
            .process(
                new DecodeFunction<>("interaction", EventDecoders.class, EventDecoders::visit),
                UserInteraction.TYPE)
            .uid("decode-interaction");
    SingleOutputStreamOperator<String> searched =
        kafka
            .read(environment, NAME, topics.searches())
            .process(
                new DecodeFunction<>("search", EventDecoders.class, EventDecoders::searchedPair),
                Types.STRING)
            .uid("decode-search");
    DataStream<String> met =
        visits
            .keyBy(UserInteraction::key, Types.STRING)
            .process(new PairExtractor(limits), Types.STRING)
            .uid("pairs-of-user");
    met.union(searched)
        .keyBy(pair -> pair, Types.STRING)
        .process(new PairCounter(), KeyedCount.TYPE)
        .uid("total-of-pair")
        .transform(
            "coalesce",
            KeyedCount.TYPE,
            new CoalescingUntilBarrier<>(KeyedCount::key, KeyedCount::then))
        .uid("coalesce")
        .sinkTo(kafka.exactlyOnce(NAME, "totals", new TotalWriter(topics.pairCounts().name())))
        .uid("write-totals");
    DataStream<OutboundRecord> rejected =
        visits
            .getSideOutput(DecodeFunction.REJECTED)
            .union(searched.getSideOutput(DecodeFunction.REJECTED));
    rejected.sinkTo(kafka.exactlyOnce(NAME, "rejected")).uid("write-rejected");
  }
}
