package io.sidestream.datasets.sample;

import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.Search;
import io.sidestream.schemas.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A made-up world of films and people, the same for the same seed. One endless stream of events
 * follows from the people's tastes; the data set is its beginning.
 */
public final class SampleCatalogue {
  /*
   * Who watches what: a person draws a film from the softmax of what they want (Taste): genre, place and theme, which the
   * text tells, the film's own appeal, which popularity tells, and its circle, which only other people's histories tell.
   * So text, counts and popularity each know something that the others do not. Tastes drift, so that an index that does
   * not learn falls behind. Searches name two or three facets of the wanted film in words that its description avoids.
   */

  /** When the first event happens. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration MEAN_PAUSE = Duration.ofMinutes(15);
  private static final double SHARE_OF_SEARCHES = 0.22;

  private final long seed;
  private final SampleSize size;
  private final FilmWords words;
  private final List<Film> films;

  public SampleCatalogue(long seed, SampleSize size) {
    this.seed = seed;
    this.size = size;
    this.words = FilmWords.read();
    FilmWriter writer = new FilmWriter(words, size.circles(), new SplittableRandom(seed));
    this.films = IntStream.rangeClosed(1, size.films()).mapToObj(writer::write).toList();
  }

  /** All films, with the truth about them. */
  public List<Film> films() {
    return films;
  }

  /** The films, and the first events of {@link #events()}. */
  public Dataset dataset() {
    List<Interaction> interactions = new ArrayList<>();
    List<Search> searches = new ArrayList<>();
    events().limit(size.events()).forEach(event -> event.fold(interactions::add, searches::add));
    List<Item> items = films.stream().map(Film::item).toList();
    return new Dataset(items, interactions, searches);
  }

  /** All that ever happens, in order of event time; endless. */
  public Stream<SampleEvent> events() {
    return Stream.generate(new Life()::next).sequential();
  }

  /** What happens after the data set; endless. */
  public Iterator<SampleEvent> eventsAfterDataset() {
    return events().skip(size.events()).iterator();
  }

  /** The people as time passes. One thread. */
  private final class Life {
    private final SplittableRandom random = new SplittableRandom(seed + 1);
    private final QueryWriter queries = new QueryWriter(words);
    private final List<SampleUser> people =
        IntStream.rangeClosed(1, size.people()).mapToObj(this::born).toList();
    private Instant now = START;

    private SampleUser born(int number) {
      UserId id = new UserId(String.format(Locale.ROOT, "person-%03d", number));
      Facets last = films.get(random.nextInt(films.size())).facets();
      return new SampleUser(id, UserPreferences.any(words, size.circles(), random), last);
    }

    SampleEvent next() {
      now = now.plusMillis(1 + (long) RandomDraws.exponential(MEAN_PAUSE.toMillis(), random));
      SampleUser person = RandomDraws.one(people, random);
      person.drift(words, size.circles(), random);
      int row = person.wanted(films, random);
      return random.nextDouble() < SHARE_OF_SEARCHES ? search(person, row) : watch(person, row);
    }

    private SampleEvent search(SampleUser person, int row) {
      Film film = films.get(row);
      String query = queries.queryFor(film.facets(), random);
      return new SampleEvent.Searched(
          new Search(query, film.item().id(), Optional.of(person.id()), now));
    }

    private SampleEvent watch(SampleUser person, int row) {
      person.watch(row, films);
      return new SampleEvent.Watched(
          new Interaction(person.id(), films.get(row).item().id(), "view", 1, now));
    }
  }
}
