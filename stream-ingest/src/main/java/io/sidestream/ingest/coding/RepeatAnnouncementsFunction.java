package io.sidestream.ingest.coding;

import io.sidestream.ingest.flow.AnnouncementSerializer;
import io.sidestream.schemas.GenerationAnnouncement;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Passes announcements on, and repeats that of each active generation at regular times: an occasion
 * to ask again for a bundle that was not there. Key: generation number.
 */
final class RepeatAnnouncementsFunction
    extends KeyedProcessFunction<Long, GenerationAnnouncement, GenerationAnnouncement> {
  private final Duration interval;
  private transient ValueState<GenerationAnnouncement> active;

  RepeatAnnouncementsFunction(Duration interval) {
    this.interval = interval;
  }

  @Override
  public void open(OpenContext context) {
    active =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("repeated", AnnouncementSerializer.INSTANCE));
  }

  @Override
  public void processElement(
      GenerationAnnouncement announced, Context context, Collector<GenerationAnnouncement> out)
      throws Exception {
    out.collect(announced);
    if (!announced.state().active()) {
      active.clear();
      return;
    }
    boolean isRepeated = active.value() != null;
    active.update(announced);
    if (!isRepeated) {
      schedule(context);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<GenerationAnnouncement> out)
      throws Exception {
    GenerationAnnouncement announced = active.value();
    if (announced != null) {
      out.collect(announced);
      schedule(context);
    }
  }

  private void schedule(Context context) {
    long now = context.timerService().currentProcessingTime();
    context.timerService().registerProcessingTimeTimer(now + interval.toMillis());
  }
}
