package io.sidestream.datasets.sample;

import java.util.List;
import java.util.SplittableRandom;

/** Generates queries: two or three facets of a film, in words that its description avoids. */
final class QueryWriter {
  private final FilmWords words;

  QueryWriter(FilmWords words) {
    this.words = words;
  }

  String queryFor(Facets facets, SplittableRandom random) {
    String genre = RandomDraws.one(words.genres().get(facets.genre()).searched(), random);
    String place = RandomDraws.one(words.places().get(facets.place()).searched(), random);
    String lead = RandomDraws.one(words.leads().get(facets.lead()).searched(), random);
    String theme = RandomDraws.one(words.themes().get(facets.theme()).searched(), random);
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
