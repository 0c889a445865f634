package io.sidestream.datasets.sample;

import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Generates films: draws facets, then a title and a description. */
final class FilmWriter {
  private static final int FIRST_YEAR = 1962;
  private static final int LAST_YEAR = 2025;

  private final FilmWords words;
  private final SplittableRandom random;
  private final int circles;
  private final Set<String> titles = new HashSet<>();

  FilmWriter(FilmWords words, int circles, SplittableRandom random) {
    this.words = words;
    this.circles = circles;
    this.random = random;
  }

  /** A film with a title that this writer has not used before. */
  Film write(int number) {
    Facets facets =
        new Facets(
            random.nextInt(words.genres().size()),
            random.nextInt(words.places().size()),
            random.nextInt(words.leads().size()),
            random.nextInt(words.themes().size()),
            random.nextInt(circles));
    Item item =
        new Item(
            new ItemId(String.format(Locale.ROOT, "film-%04d", number)),
            title(facets),
            Map.of("description", description(facets)),
            Map.of(
                "genre", List.of(words.genres().get(facets.genre()).name()),
                "year", List.of(Integer.toString(random.nextInt(FIRST_YEAR, LAST_YEAR + 1)))));
    return new Film(item, facets, RandomDraws.gaussian(random));
  }

  private String description(Facets facets) {
    String plot = RandomDraws.one(words.genres().get(facets.genre()).plots(), random);
    String theme = RandomDraws.one(words.themes().get(facets.theme()).described(), random);
    String filled =
        plot.replace("{lead}", words.leads().get(facets.lead()).described())
            .replace("{place}", words.places().get(facets.place()).described());
    return filled.substring(0, 1).toUpperCase(Locale.ROOT) + filled.substring(1) + " " + theme;
  }

  private String title(Facets facets) {
    List<String> candidates = titlesOf(facets);
    for (int attempt = 0; attempt < candidates.size(); attempt++) {
      String title = RandomDraws.one(candidates, random);
      if (titles.add(title)) {
        return title;
      }
    }
    String base = candidates.get(0);
    int part = 2;
    while (!titles.add(base + ", Part " + part)) {
      part++;
    }
    return base + ", Part " + part;
  }

  private List<String> titlesOf(Facets facets) {
    List<String> titles = new ArrayList<>();
    for (String place : words.places().get(facets.place()).nouns()) {
      for (String noun : words.genres().get(facets.genre()).nouns()) {
        titles.add("The " + place + "'s " + noun);
        titles.add(noun + " and " + place);
      }
      for (String word : words.themes().get(facets.theme()).words()) {
        titles.add("The " + word + " " + place);
      }
    }
    for (String noun : words.genres().get(facets.genre()).nouns()) {
      for (String word : words.themes().get(facets.theme()).words()) {
        titles.add("The " + word + " " + noun);
      }
    }
    return titles;
  }
}
