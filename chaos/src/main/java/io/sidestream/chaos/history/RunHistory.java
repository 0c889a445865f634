package io.sidestream.chaos.history;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Set;

/**
 * All that clients sent in a run, and what came back.
 *
 * @param ackedEvents numbers of the events that the broker said it had
 * @param foundEvents numbers of the events on the topics at the end, each as often as it is there
 * @param items that were ever produced
 * @param live generations that were ever announced live
 */
public record RunHistory(
    List<SentRequest> requests,
    List<ReceivedReply> replies,
    Set<String> ackedEvents,
    List<String> foundEvents,
    Set<ItemId> items,
    Set<Generation> live) {
  public RunHistory {
    requests = List.copyOf(requests);
    replies = List.copyOf(replies);
    ackedEvents = Set.copyOf(ackedEvents);
    foundEvents = List.copyOf(foundEvents);
    items = Set.copyOf(items);
    live = Set.copyOf(live);
  }
}
