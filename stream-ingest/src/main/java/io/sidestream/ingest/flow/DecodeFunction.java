package io.sidestream.ingest.flow;

import io.sidestream.schemas.avro.MalformedRecordException;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Flink around a {@link Decoder}: values go on, records that cannot be read go to {@link
 * #REJECTED}.
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
   * @param stage the step that refuses, as written into the rejected record's headers
   * @param owner the class that refuses, likewise
   */
  public DecodeFunction(String stage, Class<?> owner, Decoder<T> decoder) {
    this.rejection = new Rejection(stage, owner.getName());
    this.decoder = decoder;
  }

  @Override
  public void processElement(InboundRecord arrival, Context context, Collector<T> out) {
    try {
      decoder.decode(arrival).ifPresent(out::collect);
    } catch (MalformedRecordException e) {
      context.output(REJECTED, rejection.of(arrival, e));
    }
  }
}
