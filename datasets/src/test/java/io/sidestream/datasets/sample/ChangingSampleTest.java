package io.sidestream.datasets.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.datasets.sample.ChangingSample.Day;
import io.sidestream.datasets.sample.ChangingSample.Occurrence;
import io.sidestream.datasets.sample.ChangingSample.Plan;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Four days: fashion on the second, spam on the third. */
class ChangingSampleTest {
  private static final SampleSize SIZE = new SampleSize(80, 30, 6, 500);
  private static final Plan PLAN = new Plan(SIZE, 4, 3, 400, 2, 2, 3);

  @Test
  void days_ofOneSeed_areTheSame() {
    assertEquals(days(5), days(5));
    assertNotEquals(days(5), days(6));
  }

  @Test
  void events_ofEachDay_areOfFilmsThatHaveComeInOrderOfTime() {
    Set<ItemId> known = new HashSet<>();
    Instant before = Instant.EPOCH;
    for (Day day : days(5)) {
      assertEquals(day.number() == 0 ? 68 : 3, day.films().size());
      day.films().stream().map(Item::id).forEach(known::add);
      for (Occurrence one : day.events()) {
        Instant at = one.event().fold(Interaction::at, Search::at);
        assertTrue(!at.isBefore(before) && known.contains(film(one)), "day " + day.number());
        before = at;
      }
    }
    assertEquals(80, known.size());
  }

  @Test
  void spam_onItsDay_isTwiceTheOtherEventsAndOfTwelveFilms() {
    for (Day day : days(5)) {
      List<Occurrence> spam = day.events().stream().filter(Occurrence::spam).toList();
      assertEquals(day.number() == 3 ? 800 : 0, spam.size());
      assertTrue(spam.stream().map(ChangingSampleTest::film).distinct().count() <= 12);
    }
  }

  /** While the fashion holds one circle has most events, and the day after it does not. */
  @Test
  void fashion_onItsDay_pullsAllUsersAndBreaks() {
    Map<ItemId, Integer> circles =
        new SampleCatalogue(5, SIZE)
            .films().stream()
                .collect(
                    Collectors.toMap(film -> film.item().id(), film -> film.facets().circle()));
    List<Day> days = days(5);
    double calm = most(days.get(1), circles);
    double fashion = most(days.get(2), circles);
    double broken = most(days.get(4), circles);
    assertTrue(fashion > 1.5 * calm && broken < fashion / 1.5, calm + " " + fashion + " " + broken);
  }

  /** The share of the circle that has most. */
  private static double most(Day day, Map<ItemId, Integer> circles) {
    Map<Integer, Long> counts =
        day.events().stream()
            .collect(Collectors.groupingBy(one -> circles.get(film(one)), Collectors.counting()));
    return (double) counts.values().stream().max(Comparator.naturalOrder()).orElseThrow()
        / day.events().size();
  }

  @Test
  void plan_beyondItsLimits_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Plan(SIZE, 0, 0, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Plan(SIZE, 366, 0, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Plan(SIZE, 1, 0, 0, 1, 1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new Plan(SIZE, 1, 0, Plan.MAX_EVENTS + 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Plan(SIZE, 4, 17, 1, 1, 1, 1));
    ChangingSample begun = new ChangingSample(5, PLAN);
    begun.next();
    assertThrows(IllegalArgumentException.class, begun::before);
    begun.next();
    begun.next();
    begun.next();
    assertThrows(IllegalArgumentException.class, begun::next);
  }

  private static List<Day> days(long seed) {
    ChangingSample sample = new ChangingSample(seed, PLAN);
    List<Day> days = new ArrayList<>(List.of(sample.before()));
    for (int day = 1; day <= PLAN.days(); day++) {
      days.add(sample.next());
    }
    return days;
  }

  private static ItemId film(Occurrence one) {
    return one.event().fold(Interaction::item, Search::clicked);
  }
}
