package io.sidestream.chaos.check;

import static io.sidestream.schemas.Checks.check;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How long no answer came, from the times at which answers came. */
public final class Outages {
  private final List<Long> answeredMillis;

  /**
   * @param answeredMillis ascending
   */
  public Outages(List<Long> answeredMillis) {
    this.answeredMillis = List.copyOf(answeredMillis);
  }

  /** The longest time without an answer that touches an interval; at its end the log is over. */
  public Duration longest(long fromMillis, long toMillis) {
    check(fromMillis <= toMillis, "interval from %d to %d", fromMillis, toMillis);
    long before = fromMillis;
    long longest = 0;
    for (long answered : answeredMillis) {
      if (answered < fromMillis) {
        before = answered;
      } else {
        longest = Math.max(longest, answered - before);
        before = answered;
        if (answered > toMillis) {
          return Duration.ofMillis(longest);
        }
      }
    }
    return Duration.ofMillis(Math.max(longest, toMillis - before));
  }

  /** Whether an answer came within an interval. */
  public boolean anyWithin(long fromMillis, long toMillis) {
    return answeredMillis.stream().anyMatch(at -> at >= fromMillis && at <= toMillis);
  }

  /** The middle one, the upper of two; zero of none. */
  public static Duration median(List<Duration> outages) {
    List<Duration> sorted = outages.stream().sorted().toList();
    return sorted.isEmpty() ? Duration.ZERO : sorted.get(sorted.size() / 2);
  }

  /** The longest; zero of none. */
  public static Duration most(List<Duration> outages) {
    return Stream.concat(Stream.of(Duration.ZERO), outages.stream())
        .max(Duration::compareTo)
        .orElseThrow();
  }
}
