package io.sidestream.model.ranking;

import io.sidestream.schemas.ItemBoost;
import io.sidestream.schemas.Prompt;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the boosts of one prompt add to the score of each row of a catalogue. */
final class RowBoosts {
  /** Nothing to any row. */
  static final RowBoosts NONE = new RowBoosts(new double[0]);

  private final double[] addends; // [row]; empty where the prompt has no boosts

  private RowBoosts(double[] addends) {
    this.addends = addends;
  }

  /** The sum of the addends of all boosts whose condition a row meets. */
  static RowBoosts of(Prompt prompt, Catalogue catalogue, ItemAttributes attributes) {
    List<ItemBoost> boosts = prompt.selection().boosts();
    if (boosts.isEmpty()) {
      return NONE;
    }
    double[] addends = new double[catalogue.size()];
    for (int row = 0; row < addends.length; row++) {
      addends[row] = sum(boosts, attributes.of(catalogue.item(row)));
    }
    return new RowBoosts(addends);
  }

  private static double sum(
      List<ItemBoost> boosts, Optional<Map<String, List<String>>> attributes) {
    if (attributes.isEmpty()) {
      return 0;
    }
    double sum = 0;
    for (ItemBoost boost : boosts) {
      String attribute = boost.condition().attribute();
      if (boost.condition().allows(attributes.get().getOrDefault(attribute, List.of()))) {
        sum += boost.addend();
      }
    }
    return sum;
  }

  boolean isEmpty() {
    return addends.length == 0;
  }

  double at(int row) {
    return isEmpty() ? 0 : addends[row];
  }

  /**
   * Weighted cosines with the boosts: the best of them are candidates, so that boosted items come
   * in which are far from the prompt.
   *
   * @param weight of the cosines; above 0
   */
  float[] onto(float[] cosines, double weight) {
    float[] sums = new float[cosines.length];
    for (int row = 0; row < sums.length; row++) {
      sums[row] = onto(cosines[row], row, weight);
    }
    return sums;
  }

  /** The same of one row. */
  float onto(float cosine, int row, double weight) {
    return (float) (weight * cosine + at(row));
  }
}
