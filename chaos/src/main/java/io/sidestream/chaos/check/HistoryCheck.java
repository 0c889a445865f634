package io.sidestream.chaos.check;

import io.sidestream.chaos.check.Verdict.Violation;
import io.sidestream.chaos.history.ReceivedReply;
import io.sidestream.chaos.history.RunHistory;
import io.sidestream.chaos.history.SentRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Checks a history: every request that a broker took has one effective reply, and a right one. */
public final class HistoryCheck {
  /*
   * A reply is effective when it is the first with its id: clients drop the others, which come when
   * a process ends after it replied and before it said so. A request with a deadline may go without
   * one. An index that is stopped between looking at the clock and writing writes late without a
   * fault of its own, and so does one whose broker is away: a deadline is held with an allowance.
   */
  private final RunHistory history;
  private final long allowanceMillis;
  private final Map<Violation, List<String>> violations = new EnumMap<>(Violation.class);

  private HistoryCheck(RunHistory history, Duration allowance) {
    this.history = history;
    this.allowanceMillis = allowance.toMillis();
  }

  /**
   * What a history shows.
   *
   * @param allowance by which an answer may be written after its deadline
   */
  public static Verdict check(RunHistory history, Duration allowance) {
    return new HistoryCheck(history, allowance).verdict();
  }

  private Verdict verdict() {
    Map<String, ReceivedReply> effective = new LinkedHashMap<>();
    history.replies().forEach(reply -> effective.putIfAbsent(reply.id(), reply));
    Map<String, SentRequest> sent = new HashMap<>();
    history.requests().forEach(request -> sent.put(request.id(), request));
    effective.keySet().stream()
        .filter(id -> !sent.containsKey(id))
        .forEach(id -> violated(Violation.DOUBLED, id));
    long expired = unanswered(effective.keySet());
    history.replies().forEach(reply -> content(reply, sent));
    events();
    return new Verdict(
        sent.size(),
        history.requests().stream().filter(one -> one.ackedMillis().isPresent()).count(),
        history.replies().size(),
        statuses(effective),
        history.replies().size() - effective.size(),
        expired,
        history.ackedEvents().size(),
        violations);
  }

  private void violated(Violation violation, String who) {
    violations.computeIfAbsent(violation, kind -> new ArrayList<>()).add(who);
  }

  /** Returns how many of those without a reply had a deadline. */
  private long unanswered(Set<String> answered) {
    long expired = 0;
    for (SentRequest request : history.requests()) {
      if (request.ackedMillis().isPresent() && !answered.contains(request.id())) {
        if (request.deadlineMillis().isPresent()) {
          expired++;
        } else {
          violated(Violation.LOST, request.id());
        }
      }
    }
    return expired;
  }

  private void content(ReceivedReply reply, Map<String, SentRequest> sent) {
    ReceivedReply.Content content = reply.content();
    if (content.status().equals(ReceivedReply.Content.UNREADABLE)) {
      violated(Violation.UNREADABLE, reply.id());
    }
    if (!content.isOfOneGeneration() || !history.live().containsAll(content.generations())) {
      violated(Violation.MIXED, reply.id() + " of generations " + content.generations());
    }
    content.items().stream()
        .filter(item -> !history.items().contains(item))
        .forEach(item -> violated(Violation.ILLEGAL_ITEM, reply.id() + ": " + item));
    SentRequest request = sent.get(reply.id());
    OptionalLong deadline = request == null ? OptionalLong.empty() : request.deadlineMillis();
    if (content.answered()
        && deadline.isPresent()
        && reply.writtenMillis() > deadline.getAsLong() + allowanceMillis) {
      violated(
          Violation.LATE,
          reply.id() + " by " + (reply.writtenMillis() - deadline.getAsLong()) + " ms");
    }
  }

  private void events() {
    Set<String> found = new HashSet<>();
    for (String event : history.foundEvents()) {
      if (!found.add(event)) {
        violated(Violation.DOUBLED_EVENT, event);
      }
    }
    history.ackedEvents().stream()
        .filter(event -> !found.contains(event))
        .sorted()
        .forEach(event -> violated(Violation.LOST_EVENT, event));
  }

  private static Map<String, Long> statuses(Map<String, ReceivedReply> effective) {
    Map<String, Long> statuses = new HashMap<>();
    effective.values().forEach(one -> statuses.merge(one.content().status(), 1L, Long::sum));
    return statuses;
  }
}
