package io.sidestream.client;

import io.sidestream.schemas.Topic;
import io.sidestream.schemas.kafka.RejectedEntry;
import java.time.Instant;

/**
 * Records that were rejected from one topic for one reason.
 *
 * @param example the newest of them
 */
public record RejectedSummary(
    Topic topic, String reason, long count, Instant first, Instant last, RejectedEntry example) {
  /** One record. */
  static RejectedSummary of(RejectedEntry entry) {
    return new RejectedSummary(entry.topic(), entry.reason(), 1, entry.at(), entry.at(), entry);
  }

  /** These and one more. */
  RejectedSummary with(RejectedEntry entry) {
    boolean newer = !entry.at().isBefore(last);
    return new RejectedSummary(
        topic,
        reason,
        count + 1,
        entry.at().isBefore(first) ? entry.at() : first,
        newer ? entry.at() : last,
        newer ? entry : example);
  }
}
