package io.sidestream.chaos.history;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.util.HashSet;
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
  private final Set<ItemId> items;
  private final Set<String> earlier;

  /** Of the first run on a system. */
  public HistoryRecorder() {
    this(ConcurrentHashMap.newKeySet(), Set.of());
  }

  private HistoryRecorder(Set<ItemId> items, Set<String> earlier) {
    this.items = items;
    this.earlier = earlier;
  }

  /**
   * That of the next run on the same system: its items stay, replies that come again do not count.
   */
  public HistoryRecorder next() {
    Set<String> known = new HashSet<>(earlier);
    known.addAll(requests.keySet());
    return new HistoryRecorder(items, Set.copyOf(known));
  }

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

  /** A reply is there; one to a request of an earlier run comes again, and is left out. */
  public void received(ReceivedReply reply) {
    if (!earlier.contains(reply.id())) {
      replies.add(reply);
    }
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
