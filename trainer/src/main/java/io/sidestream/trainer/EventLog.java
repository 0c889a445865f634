package io.sidestream.trainer;

import io.sidestream.schemas.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The events of one topic in the order of their partitions, and which of them an erasure of their
 * user covers: those before it in its partition.
 */
final class EventLog<T> {
  private final Function<T, Optional<UserId>> user;
  private final Counting<T> counting;
  private final Map<Integer, Partition<T>> partitions = new TreeMap<>();
  private final Set<UserId> late = new HashSet<>();

  /** Events, and for each erased user how many of them precede the last erasure. */
  private record Partition<T>(List<T> events, Map<UserId, Integer> erasedBefore) {}

  /** Which events count, in the order in which they are read. */
  interface Counting<T> {
    /** Whether an event counts: not where its kind weighs nothing, nor as a copy. */
    boolean counts(int partition, T event);

    /** Forgets what tells which of a user's events count, who is erased. */
    void forget(int partition, UserId erased);
  }

  /**
   * @param user whose an event is; empty where of no user
   */
  EventLog(Function<T, Optional<UserId>> user, Counting<T> counting) {
    this.user = user;
    this.counting = counting;
  }

  void add(int partition, T event) {
    if (counting.counts(partition, event)) {
      partition(partition).events().add(event);
    }
  }

  /**
   * Takes an erasure.
   *
   * @param isLate whether an earlier training may not have known it
   */
  void erase(int partition, UserId erased, boolean isLate) {
    if (isLate) {
      late.add(erased);
    }
    counting.forget(partition, erased);
    Partition<T> log = partition(partition);
    log.erasedBefore().put(erased, log.events().size());
  }

  /** The events that no erasure covers. */
  List<T> kept() {
    return events(false);
  }

  /** The events that an erasure covers. */
  List<T> erased() {
    return events(true);
  }

  /** The users of such events whose erasure is late. */
  Set<UserId> erasedLate() {
    return erased().stream()
        .flatMap(event -> user.apply(event).stream())
        .filter(late::contains)
        .collect(Collectors.toSet());
  }

  private List<T> events(boolean erased) {
    List<T> found = new ArrayList<>();
    for (Partition<T> log : partitions.values()) {
      for (int place = 0; place < log.events().size(); place++) {
        T event = log.events().get(place);
        int before =
            log.erasedBefore().isEmpty()
                ? 0
                : user.apply(event).map(each -> log.erasedBefore().getOrDefault(each, 0)).orElse(0);
        if (place < before == erased) {
          found.add(event);
        }
      }
    }
    return found;
  }

  private Partition<T> partition(int number) {
    return partitions.computeIfAbsent(
        number, each -> new Partition<>(new ArrayList<>(), new HashMap<>()));
  }
}
