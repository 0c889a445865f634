package io.sidestream.chaos.history;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** Takes down what clients send and receive, from any thread. */
public final class HistoryRecorder {
  private final Map<String, SentRequest> requests = new ConcurrentSkipListMap<>();
  private final Queue<ReceivedReply> replies = new ConcurrentLinkedQueue<>();
  private final Set<String> ackedEvents = ConcurrentHashMap.newKeySet();
  private final Set<ItemId> items = ConcurrentHashMap.newKeySet();

  /** A request is about to be sent. */
  public void sent(String id, long nowMillis, OptionalLong deadlineMillis) {
    requests.put(id, new SentRequest(id, nowMillis, OptionalLong.empty(), deadlineMillis));
  }

  /** The broker has a request. */
  public void acked(String id, long nowMillis) {
    requests.computeIfPresent(
        id,
        (same, sent) ->
            new SentRequest(
                id, sent.sentMillis(), OptionalLong.of(nowMillis), sent.deadlineMillis()));
  }

  /** A reply is there. */
  public void received(ReceivedReply reply) {
    replies.add(reply);
  }

  /** The broker has an event. */
  public void ackedEvent(String number) {
    ackedEvents.add(number);
  }

  /** An item is about to be produced. */
  public void produced(ItemId item) {
    items.add(item);
  }

  /** The items that were produced so far. */
  public Set<ItemId> items() {
    return Set.copyOf(items);
  }

  /** Requests that the broker has, that have no deadline, and no reply so far. */
  public long unanswered() {
    Set<String> replied = ConcurrentHashMap.newKeySet();
    replies.forEach(reply -> replied.add(reply.id()));
    return requests.values().stream()
        .filter(sent -> sent.ackedMillis().isPresent() && sent.deadlineMillis().isEmpty())
        .filter(sent -> !replied.contains(sent.id()))
        .count();
  }

  /** When each answer arrived so far, in order. */
  public List<Long> answeredMillis() {
    return replies.stream()
        .filter(reply -> reply.content().answered())
        .map(ReceivedReply::arrivedMillis)
        .sorted()
        .toList();
  }

  /** All of it, with what was found of it at the end. */
  public RunHistory history(List<String> foundEvents, Set<Generation> live) {
    return new RunHistory(
        List.copyOf(requests.values()),
        List.copyOf(replies),
        ackedEvents,
        foundEvents,
        items,
        live);
  }
}
