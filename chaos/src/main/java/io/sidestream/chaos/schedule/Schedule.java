package io.sidestream.chaos.schedule;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * When which fault befalls which target: a function of seed, length and targets alone.
 *
 * @param steps by their time; those of one target do not overlap, those of different ones may
 */
public record Schedule(long seed, Duration length, List<ScheduledFault> steps) {
  /*
   * Faults are dealt like cards: each pair of a fault and a target once in each round, in an order
   * of the seed. Drawn independently, a short run would miss a third of them. A target that is
   * still befallen by the fault before is passed over until it is free, so that every fault meets a
   * process that runs; other targets are not waited for, so that faults come together.
   */

  /** Shortest and longest schedule. */
  public static final Duration MIN_LENGTH = Duration.ofSeconds(10);

  public static final Duration MAX_LENGTH = Duration.ofHours(24);

  /** Time from one fault to the next. */
  static final Duration MIN_GAP = Duration.ofSeconds(3);

  static final Duration MAX_GAP = Duration.ofSeconds(9);

  /** A process that has just started, or gone on, is left alone for so long. */
  static final Duration REST = Duration.ofSeconds(6);

  private record Card(Fault fault, Target target) {}

  public Schedule {
    check(
        length.compareTo(MIN_LENGTH) >= 0 && length.compareTo(MAX_LENGTH) <= 0,
        "schedule of %d s, expected %d to %d",
        length.toSeconds(),
        MIN_LENGTH.toSeconds(),
        MAX_LENGTH.toSeconds());
    steps = List.copyOf(steps);
  }

  /** Most schedules of a run. */
  public static final int MAX_NUMBER = 1_000;

  /** The schedules of a number of seeds, each one more than the one before. */
  public static List<Schedule> draw(long seed, int number, Duration length, Set<Target> targets) {
    checkRange(number, 1, MAX_NUMBER, "run of %d schedules");
    return LongStream.range(seed, seed + number)
        .mapToObj(each -> draw(each, length, targets))
        .toList();
  }

  /**
   * The schedule of a seed.
   *
   * @param targets whom faults may befall
   */
  public static Schedule draw(long seed, Duration length, Set<Target> targets) {
    List<Card> all = cards(targets);
    SplittableRandom random = new SplittableRandom(seed);
    Deque<Card> deck = new ArrayDeque<>();
    Map<Target, Duration> busy = new EnumMap<>(Target.class);
    List<ScheduledFault> steps = new ArrayList<>();
    Duration at = between(Duration.ZERO, MIN_GAP, random);
    while (at.compareTo(length) < 0) {
      if (deck.size() < all.size()) {
        shuffled(all, random).forEach(deck::addLast);
      }
      Optional<Card> next = firstFree(deck, at, busy);
      if (next.isPresent()) {
        ScheduledFault step = step(next.get(), at, length, random);
        busy.put(step.target(), step.end().plus(REST));
        steps.add(step);
      }
      at = at.plus(between(MIN_GAP, MAX_GAP, random));
    }
    return new Schedule(seed, length, steps);
  }

  private static ScheduledFault step(
      Card card, Duration at, Duration length, SplittableRandom random) {
    Duration held = between(card.fault().min(), card.fault().max(), random);
    Duration left = length.minus(at);
    return new ScheduledFault(
        at, card.fault(), card.target(), held.compareTo(left) < 0 ? held : left, random.nextLong());
  }

  /** Takes the first card whose target is free out of the deck. */
  private static Optional<Card> firstFree(
      Deque<Card> deck, Duration at, Map<Target, Duration> busy) {
    for (Iterator<Card> cards = deck.iterator(); cards.hasNext(); ) {
      Card card = cards.next();
      if (busy.getOrDefault(card.target(), Duration.ZERO).compareTo(at) <= 0) {
        cards.remove();
        return Optional.of(card);
      }
    }
    return Optional.empty();
  }

  private static List<Card> cards(Set<Target> targets) {
    List<Card> cards = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      for (Target target : Target.values()) {
        if (fault.targets().contains(target) && targets.contains(target)) {
          cards.add(new Card(fault, target));
        }
      }
    }
    return cards;
  }

  private static List<Card> shuffled(List<Card> all, SplittableRandom random) {
    List<Card> cards = new ArrayList<>(all);
    for (int i = cards.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      Card card = cards.get(i);
      cards.set(i, cards.get(other));
      cards.set(other, card);
    }
    return cards;
  }

  private static Duration between(Duration low, Duration high, SplittableRandom random) {
    return Duration.ofMillis(random.nextLong(low.toMillis(), high.toMillis() + 1));
  }
}
