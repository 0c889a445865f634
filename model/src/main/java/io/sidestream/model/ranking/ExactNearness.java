package io.sidestream.model.ranking;

/**
 * Cosines of all rows, computed at once.
 *
 * @param cosines shape [row], not copied
 */
record ExactNearness(Catalogue catalogue, float[] cosines) implements Nearness {
  @Override
  public float[] at(int[] rows) {
    float[] chosen = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = cosines[rows[i]];
    }
    return chosen;
  }

  @Override
  public int[] best(int n, EligibleRows eligible) {
    return catalogue.best(cosines, n, eligible);
  }

  @Override
  public int[] bestCold(int n, EligibleRows eligible) {
    return catalogue.bestCold(cosines, n, eligible);
  }

  @Override
  public int[] bestBoosted(int n, EligibleRows eligible, RowBoosts boosts, double weight) {
    return catalogue.best(boosts.onto(cosines, weight), n, eligible);
  }
}
