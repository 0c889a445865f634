package io.sidestream.ingest.flow;

import static java.util.Objects.requireNonNull;

import io.sidestream.schemas.avro.MalformedRecordException;
import io.sidestream.schemas.avro.MalformedRecordException.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Process function around a {@link Decoder}: emits the values, and malformed records to the side
 * output {@link #REJECTED}; counts them by topic, outcome and reason.
 *
 * @param <T> the domain value
 */
public final class DecodeFunction<T> extends ProcessFunction<InboundRecord, T> {
  /** Records for rejected topics. */
  public static final OutputTag<OutboundRecord> REJECTED =
      new OutputTag<>("rejected", OutboundRecord.TYPE);

  private final Rejection rejection;
  private final Decoder<T> decoder;
  private transient JobActivity activity;
  private transient Counter accepted;
  private transient Counter ignored;
  private transient Map<Reason, Counter> rejected;

  /**
   * @param stage the step that rejects, as written into the rejected record's headers
   * @param owner the class that rejects, likewise
   */
  DecodeFunction(String stage, Class<?> owner, Decoder<T> decoder) {
    this.rejection = new Rejection(stage, owner.getName());
    this.decoder = decoder;
  }

  @Override
  public void open(OpenContext context) {
    activity = JobActivity.of(getRuntimeContext());
    MetricGroup topic = FlinkMetrics.of(getRuntimeContext()).addGroup("topic", rejection.stage());
    accepted = FlinkMetrics.counter(topic, "events", "outcome", "accepted");
    ignored = FlinkMetrics.counter(topic, "events", "outcome", "ignored");
    rejected = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      rejected.put(reason, FlinkMetrics.counter(topic, "rejected_events", "reason", reason.code()));
    }
  }

  @Override
  public void processElement(InboundRecord record, Context context, Collector<T> out) {
    activity.add();
    try {
      Optional<T> value = decoder.decode(record);
      value.ifPresent(out::collect);
      (value.isPresent() ? accepted : ignored).inc();
    } catch (MalformedRecordException e) {
      requireNonNull(rejected.get(e.reason())).inc();
      context.output(REJECTED, rejection.of(record, e));
    }
  }
}
