package io.sidestream.model.ranking;

import io.sidestream.model.bundle.RankingFeature;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Candidates with features that a test says. */
public final class TestCandidates {
  private TestCandidates() {}

  /**
   * All items of a catalogue, in the order of its rows; the generator gives each the same.
   *
   * @param features each of shape [row]
   */
  public static Candidates of(Catalogue catalogue, Map<RankingFeature, float[]> features) {
    int[] rows = IntStream.range(0, catalogue.size()).toArray();
    return new Candidates(
        catalogue,
        List.of(),
        rows,
        temperature -> new double[rows.length],
        features,
        RowBoosts.NONE);
  }
}
