package io.sidestream.datasets.sample;

import java.util.SplittableRandom;

/** Preferences of a user: two genres, two places, a theme, and two circles. */
record UserPreferences(int[] genres, int[] places, int theme, int[] circles) {
  UserPreferences {
    genres = genres.clone();
    places = places.clone();
    circles = circles.clone();
  }

  private static final double GENRE = 2.0;
  private static final double PLACE = 1.5;
  private static final double THEME = 0.8;
  private static final double CIRCLE = 3.2;
  private static final double APPEAL = 0.8;
  private static final double SAME_CIRCLE_AS_LAST = 1.4;
  private static final double SAME_GENRE_AS_LAST = 0.6;

  static UserPreferences any(FilmWords words, int circles, SplittableRandom random) {
    return new UserPreferences(
        two(words.genres().size(), random),
        two(words.places().size(), random),
        random.nextInt(words.themes().size()),
        two(circles, random));
  }

  private static int[] two(int bound, SplittableRandom random) {
    return new int[] {random.nextInt(bound), random.nextInt(bound)};
  }

  /** Logit of a film given the last one. */
  double wants(Film film, Facets last) {
    Facets facets = film.facets();
    double sum = APPEAL * film.appeal();
    sum += holds(genres, facets.genre()) ? GENRE : 0;
    sum += holds(places, facets.place()) ? PLACE : 0;
    sum += theme == facets.theme() ? THEME : 0;
    sum += holds(circles, facets.circle()) ? CIRCLE : 0;
    sum += last.circle() == facets.circle() ? SAME_CIRCLE_AS_LAST : 0;
    sum += last.genre() == facets.genre() ? SAME_GENRE_AS_LAST : 0;
    return sum;
  }

  /** These preferences with one replaced: the newer of two becomes the older. */
  UserPreferences drifted(UserPreferences other, SplittableRandom random) {
    int what = random.nextInt(4);
    return new UserPreferences(
        what == 0 ? new int[] {genres[1], other.genres[0]} : genres,
        what == 1 ? new int[] {places[1], other.places[0]} : places,
        what == 2 ? other.theme : theme,
        what == 3 ? new int[] {circles[1], other.circles[0]} : circles);
  }

  private static boolean holds(int[] two, int value) {
    return two[0] == value || two[1] == value;
  }
}
