package io.sidestream.ingest.coding;

import io.sidestream.schemas.GenerationAnnouncement;
import java.util.List;

/**
 * Which generations have to be told of an item's event, and how long the event must be kept.
 *
 * @param itemsTopic the topic whose offsets bound a corpus
 * @param alive the generations that items are coded for
 */
record CodingPlan(String itemsTopic, List<GenerationAnnouncement> alive) {
  /*
   * A generation knows the events that its corpus covers, and has to be told of all later ones. An event is told at once to
   * every generation alive that does not know it, and kept while there is one: a generation announced later may not know
   * it either. Once all alive know it, a later one will too, because corpora only ever grow; then it is forgotten. So what
   * is kept is bounded by the changes since the oldest generation alive. While none is alive everything is kept.
   */

  CodingPlan {
    alive = List.copyOf(alive);
  }

  /** The generations to tell of this event. */
  List<GenerationAnnouncement> untold(ItemEvent event) {
    return alive.stream().filter(generation -> untold(event, generation)).toList();
  }

  /** Whether this generation does not know of the event by its corpus. */
  boolean untold(ItemEvent event, GenerationAnnouncement generation) {
    return !event.coveredBy(generation.corpus(), itemsTopic);
  }

  /** Whether a generation announced later may have to be told of this event. */
  boolean keeps(ItemEvent event) {
    return alive.isEmpty() || !untold(event).isEmpty();
  }
}
