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
 * A generated catalogue of films and users, equal for equal seeds. The users' preferences give one
 * infinite stream of events; the data set is its beginning.
 */
public final class SampleCatalogue {
  /*
   * A user draws a film from the softmax of UserPreferences: genre, place and theme, which the text
   * reveals, the film's appeal, which popularity reveals, and its circle, which only the histories
   * of other users reveal. So text, counts and popularity each hold information that the others do
   * not. Preferences drift, so that an index without training degrades. Searches name two or three
   * facets of the film in words that its description avoids.
   */

  /** Time of the first event. */
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

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

  /** All films, with their hidden variables. */
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

  /** All events, in order of event time; infinite. */
  public Stream<SampleEvent> events() {
    return Stream.generate(new Simulation()::next).sequential();
  }

  /** The events after the data set; infinite. */
  public Iterator<SampleEvent> eventsAfterDataset() {
    return events().skip(size.events()).iterator();
  }

  /** Draws one event after another. One thread. */
  private final class Simulation {
    private final SplittableRandom random = new SplittableRandom(seed + 1);
    private final QueryWriter queries = new QueryWriter(words);
    private final List<SampleUser> users =
        IntStream.rangeClosed(1, size.users()).mapToObj(this::newUser).toList();
    private Instant now = START;

    private SampleUser newUser(int number) {
      UserId id = new UserId(String.format(Locale.ROOT, "user-%03d", number));
      Facets last = films.get(random.nextInt(films.size())).facets();
      return new SampleUser(id, UserPreferences.any(words, size.circles(), random), last);
    }

    SampleEvent next() {
      now = now.plusMillis(1 + (long) RandomDraws.exponential(MEAN_PAUSE.toMillis(), random));
      SampleUser user = RandomDraws.one(users, random);
      user.drift(words, size.circles(), random);
      int row = user.wanted(films, random);
      return random.nextDouble() < SHARE_OF_SEARCHES ? search(user, row) : watch(user, row);
    }

    private SampleEvent search(SampleUser user, int row) {
      Film film = films.get(row);
      String query = queries.queryFor(film.facets(), random);
      return new SampleEvent.Searched(
          new Search(query, film.item().id(), Optional.of(user.id()), now));
    }

    private SampleEvent watch(SampleUser user, int row) {
      user.watch(row, films);
      return new SampleEvent.Watched(
          new Interaction(user.id(), films.get(row).item().id(), "view", 1, now));
    }
  }
}
