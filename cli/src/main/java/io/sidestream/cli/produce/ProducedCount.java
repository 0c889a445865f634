package io.sidestream.cli.produce;

import java.time.Duration;
import java.util.Locale;

/** Number of produced records, and the time it took. */
public record ProducedCount(long items, long interactions, long searches, Duration took) {
  /** All records together. */
  public long records() {
    return items + interactions + searches;
  }

  /** Records per second. */
  public long rate() {
    return took.isZero() ? records() : records() * 1_000 / Math.max(1, took.toMillis());
  }

  /** For example {@code 1,000 items, 20,485 interactions, 400 searches, 31,000 records/s}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d items, %,d interactions, %,d searches, %,d records/s",
        items,
        interactions,
        searches,
        rate());
  }
}
