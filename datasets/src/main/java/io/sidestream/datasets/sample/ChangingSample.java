package io.sidestream.datasets.sample;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Days of the sample in which users' preferences drift, films come, a fashion holds and breaks, and
 * one day has spam. Equal for equal seeds and plans; days are drawn one after another, by one
 * thread.
 */
public final class ChangingSample {
  /*
   * While the fashion holds, all users prefer the films of one circle, and that again breaks from
   * one event to the next: what was learned from those days is then wrong. Spam is what accounts do
   * that were made for it: they watch the same few films again and again.
   */
  private static final double DRIFT = 0.06;
  private static final double FASHION = 5;
  private static final int SPAMMERS = 40;
  private static final int PROMOTED_FILMS = 12;
  private static final int SPAM_PER_EVENT = 2;
  private static final double SHARE_OF_SEARCHES = 0.3;

  private final Plan plan;
  private final FilmWords words = FilmWords.read();
  private final QueryWriter queries = new QueryWriter(words);
  private final SplittableRandom random;
  private final List<Film> films;
  private final List<SampleUser> users;
  private final List<Film> promoted;
  private final int fashionable;
  private Instant now = SampleCatalogue.START;
  private int days;

  /**
   * What happens when; days count from 1.
   *
   * @param size with the events before the first day, and all films, those to come too
   * @param days drawn at most
   * @param newFilms that come at the beginning of each day
   * @param events of users in a day
   * @param fashionFrom first day of the fashion
   * @param fashionTo last day of it
   * @param spam day on which there is spam
   */
  public record Plan(
      SampleSize size,
      int days,
      int newFilms,
      int events,
      int fashionFrom,
      int fashionTo,
      int spam) {
    private static final int FASHION_FROM = 2;
    private static final int FASHION_TO = 4;
    private static final int SPAM = 6;

    /** Most days. */
    public static final int MAX_DAYS = 365;

    /** Most events of users in a day. */
    public static final int MAX_EVENTS = 100_000;

    public Plan {
      check(days > 0 && days <= MAX_DAYS, "plan of %d days, expected 1 to %d", days, MAX_DAYS);
      check(
          events > 0 && events <= MAX_EVENTS,
          "plan of %d events a day, expected 1 to %d",
          events,
          MAX_EVENTS);
      check(
          newFilms >= 0 && size.films() - days * newFilms > PROMOTED_FILMS,
          "%d new films on each of %d days, expected more than %d of %d films before them",
          newFilms,
          days,
          PROMOTED_FILMS,
          size.films());
    }

    /** A fashion from the second to the fourth day, and spam on the sixth. */
    public static Plan week(SampleSize size, int days, int newFilms, int events) {
      return new Plan(size, days, newFilms, events, FASHION_FROM, FASHION_TO, SPAM);
    }

    int filmsUntil(int day) {
      return size.films() - (days - day) * newFilms;
    }
  }

  /**
   * An event.
   *
   * @param spam whether an account made it that was made for that
   */
  public record Occurrence(SampleEvent event, boolean spam) {}

  /** The films that come at its beginning, and the events of a day in order of time. */
  public record Day(int number, List<Item> films, List<Occurrence> events) {
    public Day {
      films = List.copyOf(films);
      events = List.copyOf(events);
    }
  }

  public ChangingSample(long seed, Plan plan) {
    this.plan = plan;
    this.random = new SplittableRandom(seed + 2);
    this.films = new SampleCatalogue(seed, plan.size()).films();
    this.users = IntStream.rangeClosed(1, plan.size().users()).mapToObj(this::newUser).toList();
    int apart = plan.filmsUntil(0) / PROMOTED_FILMS;
    this.promoted = IntStream.range(0, PROMOTED_FILMS).mapToObj(i -> films.get(i * apart)).toList();
    this.fashionable = random.nextInt(plan.size().circles());
  }

  private SampleUser newUser(int number) {
    UserId id = new UserId(String.format(Locale.ROOT, "user-%03d", number));
    Facets last = RandomDraws.one(films, random).facets();
    return new SampleUser(id, UserPreferences.any(words, plan.size().circles(), random), last);
  }

  /** The films and events before the first day; called first. */
  public Day before() {
    check(days == 0 && now.equals(SampleCatalogue.START), "the days have begun");
    int count = plan.filmsUntil(0);
    List<Occurrence> events = new ArrayList<>();
    for (int i = 0; i < plan.size().events(); i++) {
      events.add(new Occurrence(next(films.subList(0, count), 0), false));
    }
    return new Day(0, items(0, count), events);
  }

  /** The next day. */
  public Day next() {
    days++;
    check(days <= plan.days(), "day %d of %d", days, plan.days());
    int count = plan.filmsUntil(days);
    List<Occurrence> events = new ArrayList<>();
    for (int i = 0; i < plan.events(); i++) {
      events.add(new Occurrence(next(films.subList(0, count), days), false));
      for (int spam = 0; days == plan.spam() && spam < SPAM_PER_EVENT; spam++) {
        events.add(new Occurrence(spam(), true));
      }
    }
    return new Day(days, items(plan.filmsUntil(days - 1), count), events);
  }

  private List<Item> items(int from, int to) {
    return films.subList(from, to).stream().map(Film::item).toList();
  }

  private SampleEvent next(List<Film> there, int day) {
    long pause = Duration.ofDays(1).toMillis() / plan.events();
    now = now.plusMillis(1 + (long) (pause * random.nextDouble() * 2));
    SampleUser user = RandomDraws.one(users, random);
    user.drift(DRIFT, words, plan.size().circles(), random);
    boolean fashion = day >= plan.fashionFrom() && day <= plan.fashionTo();
    ToDoubleFunction<Film> pull =
        film -> fashion && film.facets().circle() == fashionable ? FASHION : 0;
    int row = user.wanted(there, pull, random);
    Film film = there.get(row);
    if (random.nextDouble() < SHARE_OF_SEARCHES) {
      String query = queries.queryFor(film.facets(), random);
      return new SampleEvent.Searched(
          new Search(query, film.item().id(), Optional.of(user.id()), now));
    }
    user.watch(row, there);
    return watched(user.id(), film);
  }

  private SampleEvent spam() {
    int account = 1 + random.nextInt(SPAMMERS);
    UserId id = new UserId(String.format(Locale.ROOT, "account-%02d", account));
    return watched(id, RandomDraws.one(promoted, random));
  }

  private SampleEvent watched(UserId user, Film film) {
    return new SampleEvent.Watched(new Interaction(user, film.item().id(), "view", 1, now));
  }
}
