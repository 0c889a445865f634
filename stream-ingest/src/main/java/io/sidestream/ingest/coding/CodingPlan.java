package io.sidestream.ingest.coding;

import io.sidestream.schemas.GenerationAnnouncement;
import java.util.List;

/**
 * Decides in which generations an item's event needs codes, and how long the event is retained.
 *
 * @param itemsTopic the topic whose offsets bound a corpus
 * @param active the generations that items are coded for
 */
record CodingPlan(String itemsTopic, List<GenerationAnnouncement> active) {
  /*
   * A generation's corpus covers some events; all later ones need codes in it. An event is coded at
   * once for every active generation that does not cover it, and retained while there is one: a
   * generation announced later may not cover it either. Once all active ones cover it a later one
   * does too, because corpora only ever grow; then it is dropped. So what is retained is bounded by
   * the changes since the oldest active generation. While none is active everything is retained.
   */

  CodingPlan {
    active = List.copyOf(active);
  }

  /** The active generations in which this event needs codes. */
  List<GenerationAnnouncement> generations(ItemEvent event) {
    return active.stream().filter(generation -> needsCoding(event, generation)).toList();
  }

  /** Whether this generation's corpus does not cover the event. */
  boolean needsCoding(ItemEvent event, GenerationAnnouncement generation) {
    return !event.coveredBy(generation.corpus(), itemsTopic);
  }

  /** Whether a generation announced later may need codes for this event. */
  boolean retains(ItemEvent event) {
    return active.isEmpty() || !generations(event).isEmpty();
  }
}
