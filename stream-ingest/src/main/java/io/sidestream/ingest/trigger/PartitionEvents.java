package io.sidestream.ingest.trigger;

import io.sidestream.schemas.CorpusOffsets;

/**
 * What one partition of an event topic brought since the last corpus.
 *
 * @param next one past the last offset seen
 * @param fresh records seen that the last corpus does not cover
 */
record PartitionEvents(String topic, int partition, long next, long fresh) {
  /*
   * Counting against offsets, not by resetting a counter, makes the count right in whichever order a request and the
   * events arrive that it covers: the corpus says by itself which of the events are old. Where offsets have gaps (markers
   * of transactions) the number after a request is an upper bound, never more than the offsets between.
   */

  /** A partition of which nothing was seen. */
  static PartitionEvents none(String topic, int partition) {
    return new PartitionEvents(topic, partition, 0, 0);
  }

  /** After more records arrived. */
  PartitionEvents with(EventsSeen seen, CorpusOffsets corpus) {
    long uncovered = Math.max(0, seen.next() - corpus.end(topic, partition));
    return new PartitionEvents(
        topic, partition, seen.next(), fresh + Math.min(seen.records(), uncovered));
  }

  /** After a request for this corpus. */
  PartitionEvents after(CorpusOffsets corpus) {
    long uncovered = Math.max(0, next - corpus.end(topic, partition));
    return new PartitionEvents(topic, partition, next, Math.min(fresh, uncovered));
  }
}
