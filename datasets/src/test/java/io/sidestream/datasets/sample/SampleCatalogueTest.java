package io.sidestream.datasets.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.datasets.Dataset;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SampleCatalogueTest {
  private static final SampleSize SMALL = new SampleSize(200, 30, 6, 2_000);
  private static final SampleCatalogue SAMPLE = new SampleCatalogue(7, SMALL);

  @Test
  void dataset_sameSeed_isTheSame() {
    assertEquals(SAMPLE.dataset(), new SampleCatalogue(7, SMALL).dataset());
  }

  @Test
  void dataset_otherSeed_isAnother() {
    assertNotEquals(SAMPLE.dataset(), new SampleCatalogue(8, SMALL).dataset());
  }

  @Test
  void dataset_default_hasItsSizeAndTitlesThatDiffer() {
    SampleCatalogue sample = new SampleCatalogue(1, SampleSize.DEFAULT);
    Set<String> titles =
        sample.films().stream().map(film -> film.item().title()).collect(Collectors.toSet());
    assertEquals(SampleSize.DEFAULT.films(), titles.size());
  }

  @Test
  void dataset_events_areInOrderAndOfItemsThatExist() {
    Dataset dataset = SAMPLE.dataset();
    Set<ItemId> items = dataset.items().stream().map(Item::id).collect(Collectors.toSet());
    assertEquals(SMALL.events(), dataset.interactions().size() + dataset.searches().size());
    assertTrue(items.containsAll(dataset.interactions().stream().map(Interaction::item).toList()));
    assertTrue(items.containsAll(dataset.searches().stream().map(Search::clicked).toList()));
    List<Instant> times = dataset.interactions().stream().map(Interaction::at).toList();
    assertEquals(times.stream().sorted(Comparator.naturalOrder()).toList(), times);
  }

  @Test
  void descriptions_slots_areAllFilled() {
    for (Film film : SAMPLE.films()) {
      String description = film.item().texts().get("description");
      assertTrue(description.indexOf('{') < 0 && description.endsWith("."), description);
    }
  }

  @Test
  void watching_untilHalfIsSeen_neverRepeats() {
    Map<String, Set<ItemId>> seen = new HashMap<>();
    for (Interaction interaction : SAMPLE.dataset().interactions()) {
      Set<ItemId> before =
          seen.computeIfAbsent(interaction.user().value(), user -> new HashSet<>());
      if (before.size() <= SMALL.films() / 2) {
        assertTrue(before.add(interaction.item()), interaction.toString());
      }
    }
  }

  /** The structure that training has to find: neighbours in a history share circles. */
  @Test
  void watching_neighbours_shareACircleMoreThanChance() {
    Map<ItemId, Facets> facets =
        SAMPLE.films().stream()
            .collect(Collectors.toMap(film -> film.item().id(), Film::facets, (one, two) -> one));
    Map<String, Facets> last = new HashMap<>();
    int same = 0;
    int pairs = 0;
    for (Interaction interaction : SAMPLE.dataset().interactions()) {
      Facets now = facets.get(interaction.item());
      Facets before = last.put(interaction.user().value(), now);
      if (before != null) {
        pairs++;
        same += before.circle() == now.circle() ? 1 : 0;
      }
    }
    double chance = 1.0 / SMALL.circles();
    assertTrue(same > 1.5 * chance * pairs, same + " of " + pairs);
  }

  @Test
  void queries_words_nameTheFilmsFacetsAndNoOther() {
    FilmWords words = FilmWords.read();
    Map<ItemId, Facets> facets =
        SAMPLE.films().stream()
            .collect(Collectors.toMap(film -> film.item().id(), Film::facets, (one, two) -> one));
    Function<Search, List<List<String>>> terms =
        search -> {
          Facets of = facets.get(search.clicked());
          return List.of(
              words.genres().get(of.genre()).searched(),
              words.places().get(of.place()).searched(),
              words.leads().get(of.lead()).searched(),
              words.themes().get(of.theme()).searched());
        };
    for (Search search : SAMPLE.dataset().searches()) {
      long named =
          terms.apply(search).stream()
              .filter(alternatives -> alternatives.stream().anyMatch(search.query()::contains))
              .count();
      assertTrue(named >= 2, search.query());
    }
  }

  @Test
  void eventsAfterDataset_goOnWhereItEnds() {
    Instant end =
        SAMPLE.dataset().interactions().get(SAMPLE.dataset().interactions().size() - 1).at();
    SampleEvent next = SAMPLE.eventsAfterDataset().next();
    assertTrue(next.fold(Interaction::at, Search::at).isAfter(end.minusSeconds(1)));
  }

  @Test
  void size_tooManyFilms_isRefused() {
    int tooMany = SampleSize.MAX_FILMS + 1;
    assertThrows(IllegalArgumentException.class, () -> new SampleSize(tooMany, 1, 1, 1));
  }
}
