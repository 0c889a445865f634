package io.sidestream.ingest.flow;

import io.sidestream.schemas.avro.MalformedRecordException;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Process function around a {@link Decoder}: emits the values, and malformed records to the side
 * output {@link #REJECTED}.
 *
 * @param <T> the domain value
 */
public final class DecodeFunction<T> extends ProcessFunction<InboundRecord, T> {
  /** Records for rejected topics. */
  public static final OutputTag<OutboundRecord> REJECTED =
      new OutputTag<>("rejected", OutboundRecord.TYPE);

  private final Rejection rejection;
  private final Decoder<T> decoder;

  /**
   * @param stage the step that rejects, as written into the rejected record's headers
   * @param owner the class that rejects, likewise
   */
  DecodeFunction(String stage, Class<?> owner, Decoder<T> decoder) {
    this.rejection = new Rejection(stage, owner.getName());
    this.decoder = decoder;
  }

  @Override
  public void processElement(InboundRecord record, Context context, Collector<T> out) {
    try {
      decoder.decode(record).ifPresent(out::collect);
    } catch (MalformedRecordException e) {
      context.output(REJECTED, rejection.of(record, e));
    }
  }
}
