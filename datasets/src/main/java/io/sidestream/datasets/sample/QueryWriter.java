package io.sidestream.datasets.sample;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Types what a person types who has a film in mind: two or three things about it, in other words.
 */
final class QueryWriter {
  private final FilmWords words;

  QueryWriter(FilmWords words) {
    this.words = words;
  }

  String queryFor(Facets facets, SplittableRandom random) {
    String genre = RandomDraws.one(words.genres().get(facets.genre()).asked(), random);
    String place = RandomDraws.one(words.places().get(facets.place()).asked(), random);
    String lead = RandomDraws.one(words.leads().get(facets.lead()).asked(), random);
    String theme = RandomDraws.one(words.themes().get(facets.theme()).asked(), random);
    return RandomDraws.one(
        List.of(
            genre + " " + place,
            lead + " " + place,
            genre + " with " + lead,
            lead + ", " + theme,
            genre + " about " + theme + ", " + place,
            "the one with " + lead + " and " + place,
            place + " " + theme),
        random);
  }
}
