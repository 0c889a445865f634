package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.CoalescingUntilBarrier;
import io.sidestream.ingest.flow.DecodeFunction;
import io.sidestream.ingest.flow.JobSources;
import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.pairs.WindowLimits;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Wires the counting job: interactions and searches to pair counts, exactly once. */
public final class PairJob {
  /** Name of the job, its checkpoints, its consumer group and its transactions. */
  public static final String NAME = "pair-counts";

  private PairJob() {}

  /** Adds every source, operator and sink of the job to an environment. */
  public static void wire(
      StreamExecutionEnvironment environment,
      KafkaConnectors kafka,
      Topics topics,
      WindowLimits limits) {
    JobSources sources = new JobSources(environment, kafka, NAME);
    SingleOutputStreamOperator<UserInteraction> interactions =
        sources.decode(
            topics.interactions(),
            UserInteraction.TYPE,
            EventDecoders.class,
            EventDecoders::interaction);
    SingleOutputStreamOperator<String> queryItemPairs =
        sources.decode(
            topics.searches(), Types.STRING, EventDecoders.class, EventDecoders::queryItemPair);
    DataStream<String> itemPairs =
        interactions
            .keyBy(UserInteraction::key, Types.STRING)
            .process(new PairExtractor(limits), Types.STRING)
            .uid("extract-pairs")
            .name("extract-pairs");
    String pairCounts = topics.pairCounts().name();
    itemPairs
        .union(queryItemPairs)
        .keyBy(pair -> pair, Types.STRING)
        .process(new PairCounter(), KeyedCount.TYPE)
        .uid("count-pairs")
        .name("count-pairs")
        .transform(
            "coalesce-counts",
            KeyedCount.TYPE,
            new CoalescingUntilBarrier<>(KeyedCount::key, KeyedCount::then))
        .uid("coalesce-counts")
        .sinkTo(kafka.exactlyOnce(NAME, "totals", count -> count.toRecord(pairCounts)))
        .uid("write-pair-counts")
        .name("write-pair-counts");
    interactions
        .getSideOutput(DecodeFunction.REJECTED)
        .union(queryItemPairs.getSideOutput(DecodeFunction.REJECTED))
        .sinkTo(kafka.exactlyOnce(NAME, "rejected", rejected -> rejected))
        .uid("write-rejected")
        .name("write-rejected");
  }
}
