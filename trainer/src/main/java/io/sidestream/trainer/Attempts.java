package io.sidestream.trainer;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Number of attempts of one training request, stored in the metadata of the committed offset, so
 * that an attempt that crashes the process counts too.
 *
 * @param offset of the record
 * @param begun 0 or more
 */
record Attempts(long offset, int begun) {
  /** Maximum number of attempts per request. */
  static final int MAX = 3;

  private static final Pattern WRITTEN = Pattern.compile("attempts=(\\d{1,6})");

  /** The attempts of the record at this offset, by the committed offset. */
  static Attempts of(@Nullable OffsetAndMetadata committed, long offset) {
    return committed != null && committed.offset() == offset
        ? new Attempts(offset, read(committed.metadata()).orElse(0))
        : new Attempts(offset, 0);
  }

  private static OptionalInt read(String metadata) {
    Matcher matcher = WRITTEN.matcher(metadata);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  boolean exhausted() {
    return begun >= MAX;
  }

  Attempts more() {
    return new Attempts(offset, begun + 1);
  }

  Attempts less() {
    return new Attempts(offset, begun - 1);
  }

  /** The offset of the record, with its attempts as metadata. */
  OffsetAndMetadata toCommit() {
    return new OffsetAndMetadata(offset, "attempts=" + begun);
  }
}
