package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.AnnouncementSerializer;
import io.sidestream.ingest.flow.Announcements;
import io.sidestream.ingest.flow.DecodeFunction;
import io.sidestream.ingest.flow.JobSources;
import io.sidestream.ingest.flow.KafkaConnectors;
import io.sidestream.ingest.flow.OutboundRecord;
import io.sidestream.model.store.BundleStoreConfig;
import io.sidestream.model.store.RetryDelays;
import io.sidestream.schemas.GenerationAnnouncement;
import io.sidestream.schemas.Topics;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Wires the coding job: items that are new or changed since a generation's corpus get codes in it.
 */
public final class CodingJob {
  /** Name of the job, its checkpoints and its consumer group. */
  public static final String NAME = "coding";

  /** Records wait in no network buffer: a new item must be searchable at once. */
  private static final long EACH_RECORD = 0;

  /** Time between two occasions to ask again for a bundle that is not there. */
  private static final Duration REPETITION = Duration.ofMillis(500);

  private CodingJob() {}

  /**
   * Adds every source, operator and sink of the job to an environment.
   *
   * @param store where each process finds the bundles that are announced
   * @param encoderThreads threads that one call of the text encoder may use
   */
  public static void wire(
      StreamExecutionEnvironment environment,
      KafkaConnectors kafka,
      Topics topics,
      BundleStoreConfig store,
      int encoderThreads) {
    wire(environment, kafka, topics, new BundleOpener(store, encoderThreads));
  }

  static void wire(
      StreamExecutionEnvironment environment,
      KafkaConnectors kafka,
      Topics topics,
      CoderOpener opener) {
    environment.setBufferTimeout(EACH_RECORD);
    JobSources sources = new JobSources(environment, kafka, NAME);
    SingleOutputStreamOperator<TracedItem> items =
        sources.decode(
            topics.items(),
            TracedItem.TYPE,
            ItemDecoder.class,
            new ItemDecoder(topics.schemas())::decode);
    SingleOutputStreamOperator<GenerationAnnouncement> generations =
        sources.decodeInOne(
            topics.generations(),
            AnnouncementSerializer.TYPE,
            Announcements.class,
            Announcements::decode);
    SingleOutputStreamOperator<GenerationAnnouncement> repeated =
        generations
            .keyBy(announced -> announced.generation().number(), Types.LONG)
            .process(new RepeatAnnouncementsFunction(REPETITION), AnnouncementSerializer.TYPE)
            .setParallelism(1)
            .uid("repeat-announcements")
            .name("repeat-announcements");
    items
        .keyBy(TracedItem::key, Types.STRING)
        .connect(repeated.broadcast(EncodeItemsFunction.ACTIVE))
        .process(
            new EncodeItemsFunction(
                topics.items().name(), topics.codedItems().name(), opener, RetryDelays.DEFAULT),
            OutboundRecord.TYPE)
        .uid("encode-items")
        .name("encode-items")
        .union(
            items.getSideOutput(DecodeFunction.REJECTED),
            generations.getSideOutput(DecodeFunction.REJECTED))
        .sinkTo(kafka.atLeastOnce(record -> record))
        .uid("write-coded-items")
        .name("write-coded-items");
  }
}
