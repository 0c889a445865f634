package io.sidestream.experiments.data;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.HeldOut;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A data set split into training, validation and test. A group without cases is absent.
 *
 * @param rows the items of {@code training}, in its order
 * @param validation to choose weights by; never trained on
 * @param test to evaluate by; never trained on, never used for choices
 * @param withheld rows of items without training events
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

  /** Holds out the last events of users and of searches. Equal seeds hold out equal events. */
  public static ExperimentData split(DatasetByKind dataset, SplitSettings settings, long seed) {
    return Split.of(dataset, settings, seed).data();
  }

  /**
   * Holds out the same events, and of a share of the items all others too: their interactions and
   * the searches for them are not trained on. The cases stay, in their order.
   *
   * @param share of all items, drawn by the seed; in [0, 1]
   */
  public static ExperimentData withhold(
      DatasetByKind dataset, SplitSettings settings, long seed, double share) {
    return Split.of(dataset, settings, seed).withhold(share, seed).data();
  }

  /**
   * Holds out the same events, and leaves shares of the searches before them. The tests stay; equal
   * seeds leave equal searches.
   */
  public static ExperimentData logged(
      DatasetByKind dataset, SplitSettings settings, long seed, LoggedShares shares) {
    return Split.of(dataset, settings, seed).logged(shares, seed).data();
  }

  /** The validation cases of a name, where there are any. */
  public Optional<CaseGroup> validation(String name) {
    return validation.stream().filter(group -> group.name().equals(name)).findFirst();
  }

  /** The same with other test cases. */
  public ExperimentData testedOn(List<CaseGroup> cases) {
    return new ExperimentData(training, rows, validation, cases, withheld);
  }

  /** The split as the trainer takes it: the cases of all groups, one group after the other. */
  public HeldOut heldOut() {
    return new HeldOut(training, cases(validation), cases(test));
  }

  private static List<EvaluationCase> cases(List<CaseGroup> groups) {
    return groups.stream().flatMap(group -> group.cases().stream()).toList();
  }
}
