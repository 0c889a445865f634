package io.sidestream.ingest.pairs;

import io.sidestream.ingest.flow.DecodeFunction;
import io.sidestream.ingest.flow.InboundRecord;
import io.sidestream.ingest.flow.JobSources;
import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.ingest.flow.OutboundRecord;
import io.sidestream.schemas.Topic;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.pairs.ClickedItems;
import io.sidestream.schemas.pairs.CountingRule;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * Wires the counting job: interactions and searches to pair counts, exactly once, interactions to
 * the neighbours of items, and searches to the items clicked after each query. The totals of these
 * two may be written twice.
 */
public final class PairJob {
  /** Name of the job, its checkpoints, its consumer group and its transactions. */
  public static final String NAME = "pair-counts";

  /** An erasure takes as long as reading its partition does. */
  private static final long NO_TIMEOUT = 0;

  private PairJob() {}

  /**
   * Adds every source, operator and sink of the job to an environment.
   *
   * @param rule how events become counts
   * @param neighbours most neighbours of an item
   */
  public static void wire(
      StreamExecutionEnvironment environment,
      KafkaConnectors kafka,
      Topics topics,
      CountingRule rule,
      int neighbours) {
    JobSources sources = new JobSources(environment, kafka, NAME);
    EventDecoders decoders = new EventDecoders(topics.schemas(), rule.weights());
    DataStream<InboundRecord> interactionLog = sources.read(topics.interactions());
    DataStream<InboundRecord> searchLog = sources.read(topics.searches());
    SingleOutputStreamOperator<UserEvent> interactions =
        sources.decode(
            interactionLog,
            topics.interactions(),
            UserEvent.TYPE,
            EventDecoders.class,
            decoders::interaction);
    SingleOutputStreamOperator<CountedSearch> searches =
        sources.decode(
            searchLog,
            topics.searches(),
            CountedSearch.TYPE,
            EventDecoders.class,
            decoders::search);
    SingleOutputStreamOperator<RowChange> itemPairs =
        interactions
            .keyBy(UserEvent::key, Types.STRING)
            .transform("extract-pairs", RowChange.TYPE, new PairExtractor(rule))
            .uid("extract-pairs");
    DataStream<Erasure> erasures =
        erasures(sources, topics.interactions(), interactionLog)
            .union(erasures(sources, topics.searches(), searchLog));
    DataStream<CountChange> erased =
        AsyncDataStream.unorderedWait(
                erasures,
                new EraseUsersFunction(kafka, topics.interactions().name(), rule, decoders),
                NO_TIMEOUT,
                TimeUnit.MILLISECONDS,
                EraseUsersFunction.MAX_AT_ONCE)
            .uid("erase-users")
            .name("erase-users")
            .setParallelism(1);
    SingleOutputStreamOperator<RowChange> erasedPairs =
        select(erased, "erased-pairs", PairChange.TYPE, PairChange.class)
            .keyBy(PairChange::key, Types.STRING)
            .transform("totals-by-pair", RowChange.TYPE, new TotalsByPair())
            .uid("count-pairs"); // the counter of earlier versions, whose state it takes
    DataStream<CountedSearch> counted = counted(searches, rule);
    String pairCounts = topics.pairCounts().name();
    itemPairs
        .union(
            counted
                .map(CountedSearch::change, RowChange.TYPE)
                .uid("query-item-rows")
                .name("query-item-rows"),
            erasedPairs)
        .keyBy(RowChange::row, Types.STRING)
        .transform("count-pairs", PairTotal.TYPE, new PairCounter())
        .uid("count-pairs-by-row")
        .sinkTo(kafka.exactlyOnce(NAME, "totals", total -> total.toRecord(pairCounts)))
        .uid("write-pair-counts")
        .name("write-pair-counts");
    String itemNeighbours = topics.itemNeighbours().name();
    itemPairs
        .getSideOutput(PairExtractor.TRANSITIONS)
        .union(
            select(erased, "erased-transitions", NeighbourChange.TYPE, NeighbourChange.class)
                .map(RowChange::of, RowChange.TYPE)
                .uid("erased-transition-rows")
                .name("erased-transition-rows")
                .setParallelism(1))
        .keyBy(RowChange::row, Types.STRING)
        .transform(
            "count-neighbours",
            KeyedNeighbours.TYPE,
            new NeighbourCounter("transitions", neighbours))
        .uid("count-neighbours")
        .sinkTo(kafka.atLeastOnce(each -> each.toItemNeighbours(itemNeighbours)))
        .uid("write-item-neighbours")
        .name("write-item-neighbours");
    String clickedItems = topics.clickedItems().name();
    counted
        .map(CountedSearch::click, RowChange.TYPE)
        .uid("query-rows")
        .name("query-rows")
        .union(
            select(erased, "erased-clicks", PairChange.TYPE, PairChange.class)
                .flatMap(PairJob::clicks, RowChange.TYPE)
                .uid("erased-click-rows")
                .name("erased-click-rows")
                .setParallelism(1))
        .keyBy(RowChange::row, Types.STRING)
        .transform(
            "count-clicks",
            KeyedNeighbours.TYPE,
            new NeighbourCounter("clicks", ClickedItems.MAX_BEST))
        .uid("count-clicks")
        .sinkTo(kafka.atLeastOnce(each -> each.toClickedItems(clickedItems)))
        .uid("write-clicked-items")
        .name("write-clicked-items");
    interactions
        .getSideOutput(DecodeFunction.REJECTED)
        .union(searches.getSideOutput(DecodeFunction.REJECTED))
        .sinkTo(kafka.exactlyOnce(NAME, "rejected", OutboundRecord::kafka))
        .uid("write-rejected")
        .name("write-rejected");
  }

  private static void clicks(PairChange change, Collector<RowChange> out) {
    RowChange.ofClicks(change).ifPresent(out::collect);
  }

  /** Only searches that may not count because of those before are keyed by owner. */
  private static DataStream<CountedSearch> counted(
      DataStream<CountedSearch> searches, CountingRule rule) {
    boolean limited = rule.hourlySearches() > 0;
    DataStream<CountedSearch> named =
        filter(searches, "searches-with-id", search -> search.isAmongOthers(limited))
            .keyBy(CountedSearch::owner, Types.STRING)
            .filter(new FirstSearches(rule.keptIds(), rule.hourlySearches()))
            .uid("drop-repeated-searches")
            .name("drop-repeated-searches");
    return filter(searches, "searches-without-id", search -> !search.isAmongOthers(limited))
        .union(named);
  }

  private static DataStream<CountedSearch> filter(
      DataStream<CountedSearch> searches, String name, FilterFunction<CountedSearch> which) {
    return searches.filter(which).uid(name).name(name);
  }

  /** The changes of one case. */
  private static <T extends CountChange> DataStream<T> select(
      DataStream<CountChange> changes, String name, TypeInformation<T> type, Class<T> one) {
    return changes
        .flatMap(
            (change, out) -> {
              if (one.isInstance(change)) {
                out.collect(one.cast(change));
              }
            },
            type)
        .uid(name)
        .name(name)
        .setParallelism(1);
  }

  private static DataStream<Erasure> erasures(
      JobSources sources, Topic topic, DataStream<InboundRecord> log) {
    return sources.select(
        log, "find-erasures-" + topic.name(), Erasure.TYPE, EventDecoders::erasure);
  }
}
