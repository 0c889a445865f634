package io.sidestream.ingest.pairs;

import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.CountingRule;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.WindowLimits;
import java.time.Duration;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the sliding window of each user in state, sums the pairs of all interactions, and emits the
 * sums just before each checkpoint barrier; those of transitions to the side output {@link
 * #TRANSITIONS}. A copy of an event changes nothing, nor does one too many of its user's hour; an
 * erasure clears the window.
 */
final class PairExtractor extends AbstractStreamOperator<RowChange>
    implements OneInputStreamOperator<UserEvent, RowChange> {
  /*
   * A pair that is summed here is sent, found and stored once per checkpoint, with all others of
   * its row. Exact without state for the sums: a checkpoint finds none, and after a failure the
   * events since the checkpoint are replayed. So it is with windows: state has them at a barrier.
   */

  /** Changes of the neighbours of items; a record's time is that of the oldest event in it. */
  static final OutputTag<RowChange> TRANSITIONS = new OutputTag<>("transitions", RowChange.TYPE);

  /** Most sums; reaching it emits them. */
  static final int MAX_SUMS = 500_000;

  private final int items;
  private final Duration age;
  private final int keptIds;
  private final int hourly;
  private final int maxSums;
  private final int maxItems;
  private transient WindowLimits limits;
  private transient KeptWindows windows;
  private transient KnownEvents known;
  private transient HourlyEvents hours;
  private transient ItemSums sums;

  PairExtractor(CountingRule rule) {
    this(rule, MAX_SUMS, KeptWindows.MAX_ITEMS);
  }

  /**
   * @param maxSums most sums in memory
   * @param maxItems most items of the windows in memory
   */
  PairExtractor(CountingRule rule, int maxSums, int maxItems) {
    this.maxItems = maxItems;
    this.items = rule.window().items();
    this.age = rule.window().age();
    this.keptIds = rule.keptIds();
    this.hourly = rule.hourly();
    this.maxSums = maxSums;
  }

  @Override
  public void open() throws Exception {
    super.open();
    limits = new WindowLimits(items, age);
    sums = new ItemSums();
    known = new KnownEvents(getRuntimeContext(), keptIds);
    hours = new HourlyEvents(getRuntimeContext(), hourly);
    ValueState<RecentItems> state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("recent-items", RecentItemsSerializer.INSTANCE));
    windows = new KeptWindows(state, this::setCurrentKey, maxItems);
  }

  @Override
  public void processElement(StreamRecord<UserEvent> element) throws Exception {
    UserEvent event = element.getValue();
    if (event.interaction().isEmpty()) {
      windows.clear(event.key());
      known.clear();
      hours.clear();
      return;
    }
    CountedInteraction interaction = event.interaction().get();
    if (interaction.id().isPresent() && known.isRepeat(interaction.id().get())) {
      return;
    }
    if (hours.isTooMany(interaction.interaction().atMillis())) {
      return;
    }
    RecentItems recent = windows.of(event.key());
    sums.add(
        recent,
        interaction,
        limits,
        element.hasTimestamp() ? element.getTimestamp() : ItemSums.NO_TIME);
    boolean fits = windows.put(event.key(), recent.with(interaction, limits));
    if (sums.size() >= maxSums) {
      flush();
    }
    if (!fits) {
      windows.write();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush();
    windows.write();
  }

  @Override
  public void finish() throws Exception {
    flush();
    windows.write();
    super.finish();
  }

  private void flush() {
    sums.take(
        change -> output.collect(new StreamRecord<>(change)),
        (change, millis) -> output.collect(TRANSITIONS, timed(change, millis)));
  }

  private static StreamRecord<RowChange> timed(RowChange change, long millis) {
    return millis == ItemSums.NO_TIME
        ? new StreamRecord<>(change)
        : new StreamRecord<>(change, millis);
  }
}
