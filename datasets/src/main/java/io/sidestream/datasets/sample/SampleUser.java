package io.sidestream.datasets.sample;

import io.sidestream.schemas.UserId;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** A person of the sample: a taste that drifts, and what they have seen. One thread. */
final class SampleUser {
  private static final double DRIFT = 0.02;
  private static final double LARGEST_SHARE_SEEN = 0.5;

  private final UserId id;
  private final BitSet seen = new BitSet();
  private UserPreferences taste;
  private Facets last;

  SampleUser(UserId id, UserPreferences taste, Facets last) {
    this.id = id;
    this.taste = taste;
    this.last = last;
  }

  UserId id() {
    return id;
  }

  UserPreferences taste() {
    return taste;
  }

  /** Maybe comes to like something else. */
  void drift(FilmWords words, int circles, SplittableRandom random) {
    if (random.nextDouble() < DRIFT) {
      taste = taste.drifted(UserPreferences.any(words, circles, random), random);
    }
  }

  /** The film this person wants now, by row; one not seen yet. */
  int wanted(List<Film> films, SplittableRandom random) {
    int best = -1;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int row = 0; row < films.size(); row++) {
      double score = taste.wants(films.get(row), last) + RandomDraws.gumbel(random);
      if (score > bestScore && !seen.get(row)) {
        best = row;
        bestScore = score;
      }
    }
    return best;
  }

  /** Watches a film; after half of all films, the first ones are worth seeing again. */
  void watch(int row, List<Film> films) {
    last = films.get(row).facets();
    seen.set(row);
    if (seen.cardinality() > films.size() * LARGEST_SHARE_SEEN) {
      seen.clear();
    }
  }
}
