package io.sidestream.datasets;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Search;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** From the first event to the last. */
record TimeSpan(Instant first, Instant last) {
  /** The span of all these events; a moment at the epoch when there are none. */
  static TimeSpan of(List<Interaction> interactions, List<Search> searches) {
    List<Instant> times =
        Stream.concat(interactions.stream().map(Interaction::at), searches.stream().map(Search::at))
            .toList();
    Instant first = times.stream().min(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    Instant last = times.stream().max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    return new TimeSpan(first, last);
  }

  /** The time of the i-th of n events that are spread evenly inside, i from 0. */
  Instant spread(int i, int n) {
    long millis = Duration.between(first, last).toMillis();
    return first.plusMillis((long) ((double) millis * (i + 1) / (n + 1)));
  }

  /**
   * The time of the i-th event after the last, i from 0: one each second, while there are times.
   */
  Instant after(int i) {
    return Instant.ofEpochSecond(
        Math.min(TimeText.MAX_SECOND, last.getEpochSecond() + i + 1), last.getNano());
  }
}
