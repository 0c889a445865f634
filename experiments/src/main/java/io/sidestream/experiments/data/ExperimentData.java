package io.sidestream.experiments.data;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A data set taken apart: what may be learned from, and the cases to judge by. A group without
 * cases is absent.
 *
 * @param rows the items of {@code training}, in its order
 * @param validation to choose weights by; never trained on
 * @param test to judge by; never trained on, never chosen by
 * @param withheld rows about which training tells nothing but the item itself
 */
public record ExperimentData(
    Corpus training,
    ItemRows rows,
    List<CaseGroup> validation,
    List<CaseGroup> test,
    Set<Integer> withheld) {
  public ExperimentData {
    validation = List.copyOf(validation);
    test = List.copyOf(test);
    withheld = Set.copyOf(withheld);
  }

  /** Keeps back the last events of people and of searches. Equal seeds keep back equal events. */
  public static ExperimentData split(DatasetByKind dataset, SplitSettings settings, long seed) {
    return Split.of(dataset, settings, seed).data();
  }

  /**
   * Keeps back the same events, and of a share of the items all others too: their interactions and
   * the searches for them are not trained on. The cases stay, in their order.
   *
   * @param share of all items, drawn by the seed; in [0, 1]
   */
  public static ExperimentData withhold(
      DatasetByKind dataset, SplitSettings settings, long seed, double share) {
    return Split.of(dataset, settings, seed).withhold(share, seed).data();
  }

  /** The validation cases of a name, where there are any. */
  public Optional<CaseGroup> validation(String name) {
    return named(validation, name);
  }

  /** The test cases of a name, where there are any. */
  public Optional<CaseGroup> test(String name) {
    return named(test, name);
  }

  private static Optional<CaseGroup> named(List<CaseGroup> groups, String name) {
    return groups.stream().filter(group -> group.name().equals(name)).findFirst();
  }
}
