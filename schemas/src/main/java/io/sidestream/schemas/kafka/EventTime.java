package io.sidestream.schemas.kafka;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The header of a derived record that has the time of the event that it comes from. */
public final class EventTime {
  /** Name of the header. */
  public static final String HEADER = "sidestream_event_timestamp";

  private static final Pattern WRITTEN = Pattern.compile("\\d{1,15}");

  private EventTime() {}

  /** The header's value: the record time of the event in epoch milliseconds, as text. */
  public static byte[] value(long eventMillis) {
    return Long.toString(eventMillis).getBytes(StandardCharsets.US_ASCII);
  }

  /** Epoch milliseconds; empty when the header is missing or is no such number. */
  public static OptionalLong read(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null || header.value() == null) {
      return OptionalLong.empty();
    }
    String text = new String(header.value(), StandardCharsets.US_ASCII);
    return WRITTEN.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
