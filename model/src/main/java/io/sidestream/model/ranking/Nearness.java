package io.sidestream.model.ranking;

/** Cosines of a catalogue's rows with one prompt, and the rows that are nearest by them. */
sealed interface Nearness permits ExactNearness, ListNearness {
  /** The cosines of some rows. Shape: as the rows. */
  float[] at(int[] rows);

  /** Eligible rows of highest cosine, best first, ties by item; at most {@code n}. */
  int[] best(int n, EligibleRows eligible);

  /** {@link #best} among the cold items. */
  int[] bestCold(int n, EligibleRows eligible);

  /** Eligible rows whose weighted cosine and boosts add up to most, likewise. */
  int[] bestBoosted(int n, EligibleRows eligible, RowBoosts boosts, double weight);
}
