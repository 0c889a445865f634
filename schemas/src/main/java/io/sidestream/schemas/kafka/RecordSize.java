package io.sidestream.schemas.kafka;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Sizes of records as they are without compression. */
public final class RecordSize {
  /** Most bytes that lengths take in a header, beside its name and value. */
  private static final int OF_A_HEADER = 10;

  private RecordSize() {}

  /** Bytes of a record's parts. */
  public static long of(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    return of(key) + of(value) + of(headers);
  }

  /** Bytes of headers with their names. */
  public static long of(Headers headers) {
    long bytes = 0;
    for (Header header : headers) {
      bytes += of(header.key(), header.value());
    }
    return bytes;
  }

  /** Bytes of a header with its name. */
  public static long of(String name, byte @Nullable [] value) {
    return OF_A_HEADER + Utils.utf8Length(name) + of(value);
  }

  private static long of(byte @Nullable [] part) {
    return part == null ? 0 : part.length;
  }
}
