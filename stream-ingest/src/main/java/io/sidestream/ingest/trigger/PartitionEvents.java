package io.sidestream.ingest.trigger;

import io.sidestream.schemas.CorpusOffsets;

/**
 * Events of one partition of an event topic since the last corpus.
 *
 * @param next one past the last offset seen
 * @param uncovered records seen that the last corpus does not cover
 */
record PartitionEvents(String topic, int partition, long next, long uncovered) {
  /*
   * Counting against offsets, not by resetting a counter, makes the count right in whichever order
   * a request and the events that it covers arrive: the corpus tells which events are old. Where
   * offsets have gaps (transaction markers) the number after a request is an upper bound, at most
   * the number of offsets between.
   */

  /** A partition without records. */
  static PartitionEvents none(String topic, int partition) {
    return new PartitionEvents(topic, partition, 0, 0);
  }

  /** After more records arrived. */
  PartitionEvents with(EventsSeen seen, CorpusOffsets corpus) {
    long after = Math.max(0, seen.next() - corpus.end(topic, partition));
    return new PartitionEvents(
        topic, partition, seen.next(), uncovered + Math.min(seen.records(), after));
  }

  /** After a request for this corpus. */
  PartitionEvents after(CorpusOffsets corpus) {
    long after = Math.max(0, next - corpus.end(topic, partition));
    return new PartitionEvents(topic, partition, next, Math.min(uncovered, after));
  }
}
