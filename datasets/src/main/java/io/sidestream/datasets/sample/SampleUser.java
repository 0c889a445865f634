package io.sidestream.datasets.sample;

import io.sidestream.schemas.UserId;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** A user of the sample: preferences that drift, and the films seen. One thread. */
final class SampleUser {
  private static final double DRIFT = 0.02;
  private static final double MAX_SHARE_SEEN = 0.5;

  private final UserId id;
  private final BitSet seen = new BitSet();
  private UserPreferences preferences;
  private Facets last;

  SampleUser(UserId id, UserPreferences preferences, Facets last) {
    this.id = id;
    this.preferences = preferences;
    this.last = last;
  }

  UserId id() {
    return id;
  }

  /** Changes one preference with a small probability. */
  void drift(FilmWords words, int circles, SplittableRandom random) {
    drift(DRIFT, words, circles, random);
  }

  /** The same with another probability. */
  void drift(double probability, FilmWords words, int circles, SplittableRandom random) {
    if (random.nextDouble() < probability) {
      preferences = preferences.drifted(UserPreferences.any(words, circles, random), random);
    }
  }

  /** Draws the next film that the user has not seen, by row. */
  int wanted(List<Film> films, SplittableRandom random) {
    return wanted(films, film -> 0, random);
  }

  /** The same where something else than preferences pulls to films. */
  int wanted(List<Film> films, ToDoubleFunction<Film> pull, SplittableRandom random) {
    int best = -1;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < films.size(); row++) {
      Film film = films.get(row);
      double wanted = preferences.wants(film, last) + pull.applyAsDouble(film);
      double score = wanted + RandomDraws.gumbel(random);
      if (score > bestScore && !seen.get(row)) {
        best = row;
        bestScore = score;
      }
    }
    return best;
  }

  /** Watches a film; after half of all films the seen ones are cleared. */
  void watch(int row, List<Film> films) {
    last = films.get(row).facets();
    seen.set(row);
    if (seen.cardinality() > films.size() * MAX_SHARE_SEEN) {
      seen.clear();
    }
  }
}
