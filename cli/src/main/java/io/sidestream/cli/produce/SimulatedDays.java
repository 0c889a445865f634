package io.sidestream.cli.produce;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.datasets.sample.ChangingSample;
import io.sidestream.datasets.sample.ChangingSample.Occurrence;
import io.sidestream.datasets.sample.SampleEvent;
import io.sidestream.datasets.sample.SampleSize;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the days of a {@link ChangingSample}, each evenly over the time that a day takes here, with
 * event times of now. One thread.
 */
public final class SimulatedDays {
  /** Most that a day may take. */
  public static final Duration MAX_DAY = Duration.ofDays(1);

  /** Days that the events before the first one are worth; they are sent at once. */
  public static final int DAYS_BEFORE = 6;

  private static final int NEW_FILMS = 20;

  private final EventProducer producer;
  private final Duration day;
  private final Clock clock;

  /** How much was sent; those of spam are not among the others. */
  public record Sent(long films, long interactions, long searches, long spam) {
    public static final Sent NONE = new Sent(0, 0, 0, 0);

    /** Both together. */
    public Sent plus(Sent other) {
      return new Sent(
          films + other.films,
          interactions + other.interactions,
          searches + other.searches,
          spam + other.spam);
    }

    /** For example {@code 20 films, 700 interactions, 300 searches, 2,000 interactions of spam}. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d films, %,d interactions, %,d searches, %,d interactions of spam",
          films,
          interactions,
          searches,
          spam);
    }
  }

  /**
   * @param day how long one takes
   */
  public SimulatedDays(EventProducer producer, Duration day, Clock clock) {
    check(
        day.toMillis() > 0 && day.compareTo(MAX_DAY) <= 0,
        "a day takes %s, expected more than zero and at most %s",
        day,
        MAX_DAY);
    this.producer = producer;
    this.day = day;
    this.clock = clock;
  }

  /**
   * Days of the bundled sample's films, and {@value #NEW_FILMS} more each day.
   *
   * @param events of users in a day
   */
  public static ChangingSample.Plan plan(int days, int events) {
    SampleSize sample = SampleSize.DEFAULT;
    int films = sample.films() + days * NEW_FILMS;
    return ChangingSample.Plan.week(
        new SampleSize(films, sample.users(), sample.circles(), DAYS_BEFORE * events),
        days,
        NEW_FILMS,
        events);
  }

  /** Sends what there is before the first day at once, with times of the days before now. */
  public Sent before(ChangingSample.Day before) {
    before.films().forEach(producer::item);
    List<Occurrence> events = before.events();
    Instant now = clock.instant();
    Duration span = day.multipliedBy(DAYS_BEFORE);
    for (int i = 0; i < events.size(); i++) {
      producer.event(
          events.get(i).event().at(now.minus(part(span, events.size() - i, events.size()))));
    }
    producer.flush();
    return count(before);
  }

  /** Sends a day, its films first, and waits until it is over. */
  public Sent send(ChangingSample.Day next) {
    Instant start = clock.instant();
    next.films().forEach(producer::item);
    List<Occurrence> events = next.events();
    for (int i = 0; i < events.size(); i++) {
      await(start.plus(part(day, i, events.size())));
      producer.event(events.get(i).event().at(clock.instant()));
    }
    await(start.plus(day));
    producer.flush();
    return count(next);
  }

  private static Duration part(Duration whole, long part, long parts) {
    return Duration.ofMillis(whole.toMillis() * part / parts);
  }

  private void await(Instant due) {
    Duration wait = Duration.between(clock.instant(), due);
    while (wait.toNanos() > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(wait.toNanos());
      wait = Duration.between(clock.instant(), due);
    }
  }

  private static Sent count(ChangingSample.Day sent) {
    long spam = sent.events().stream().filter(Occurrence::spam).count();
    long searches = sent.events().stream().filter(one -> isSearch(one.event())).count();
    return new Sent(sent.films().size(), sent.events().size() - spam - searches, searches, spam);
  }

  private static boolean isSearch(SampleEvent event) {
    return event.fold(watched -> false, searched -> true);
  }
}
