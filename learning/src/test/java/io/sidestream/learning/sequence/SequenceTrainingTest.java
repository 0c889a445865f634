package io.sidestream.learning.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sidestream.learning.progress.TrainingProgress;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceTrainingTest {
  @Test
  void train_itemsFollowEachOther_learnsTheirDirection() {
    Planted planted = new Planted(2, 4);
    try (SequenceWeights trained = planted.train(60, SequenceExamples.NONE)) {
      long found =
          IntStream.range(0, Planted.ITEMS)
              .filter(
                  last -> {
                    int before = (last + Planted.ITEMS - 1) % Planted.ITEMS;
                    float[] log = trained.logProbabilities(Planted.rows(before, last));
                    return Planted.best(log) == (last + 1) % Planted.ITEMS;
                  })
              .count();
      assertThat(found).isGreaterThanOrEqualTo(Planted.ITEMS * 9L / 10);
      long searched =
          IntStream.range(0, Planted.ITEMS)
              .filter(row -> Planted.best(trained.logProbabilities(planted.search(row))) == row)
              .count();
      assertThat(searched).isGreaterThanOrEqualTo(Planted.ITEMS * 9L / 10);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void logProbabilities_allItems_sumToOne(int levels) {
    Planted planted = new Planted(levels, 3);
    try (SequenceWeights trained = planted.train(1, SequenceExamples.NONE)) {
      assertThat(Planted.total(trained.logProbabilities(Planted.rows(1, 5, 2))))
          .isCloseTo(1, within(1e-4));
      assertThat(Planted.total(trained.logProbabilities(planted.search(3))))
          .isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void train_sameSeed_givesTheSameNumbers() {
    Planted planted = new Planted(2, 4);
    SequenceExamples validation = validation();
    try (SequenceWeights one = planted.train(2, validation);
        SequenceWeights other = planted.train(2, validation)) {
      assertThat(one.losses()).isEqualTo(other.losses());
      assertThat(one.validationLoss()).isEqualTo(other.validationLoss());
      assertThat(one.logProbabilities(Planted.rows(3, 4)))
          .isEqualTo(other.logProbabilities(Planted.rows(3, 4)));
    }
  }

  @Test
  void train_validationContradictsTheExamples_keepsAnEarlyGenerator() {
    Planted planted = new Planted(2, 4);
    try (SequenceWeights stopped = planted.train(60, validation());
        SequenceWeights whole = planted.train(60, SequenceExamples.NONE)) {
      assertThat(loss(stopped)).isLessThan(loss(whole));
      assertThat(stopped.validationLoss()).isCloseTo(loss(stopped), within(1e-3));
      assertThat(whole.validationLoss()).isNaN();
    }
  }

  /** Histories that go on backwards. */
  private static SequenceExamples validation() {
    return new SequenceExamples(
        List.of(),
        IntStream.range(2, Planted.ITEMS)
            .mapToObj(row -> new SequenceExamples.History(Planted.rows(row, row - 1), row - 2))
            .toList(),
        List.of());
  }

  private static double loss(SequenceWeights weights) {
    return validation().histories().stream()
        .mapToDouble(one -> -weights.logProbabilities(one.rows())[one.next()])
        .average()
        .orElseThrow();
  }

  @Test
  void train_searchesAlone_trains() {
    Planted planted = new Planted(2, 4);
    SequenceExamples searches =
        new SequenceExamples(List.of(), List.of(), planted.examples().searches());
    try (SequenceWeights trained =
        SequenceTraining.train(
            planted.shape,
            planted.vocabulary,
            planted.items,
            searches,
            SequenceExamples.NONE,
            Planted.settings(2),
            5,
            TrainingProgress.NONE)) {
      assertThat(trained.losses().last()).isFinite();
    }
  }

  @Test
  void train_nothing_isRefused() {
    Planted planted = new Planted(2, 4);
    assertThatThrownBy(
            () ->
                SequenceTraining.train(
                    planted.shape,
                    planted.vocabulary,
                    planted.items,
                    SequenceExamples.NONE,
                    SequenceExamples.NONE,
                    Planted.settings(2),
                    5,
                    TrainingProgress.NONE))
        .hasMessage("no examples to train a generator with");
  }

  @Test
  void settings_outOfRange_areRefused() {
    Stream.of(1.0, -0.1)
        .forEach(
            share ->
                assertThatThrownBy(
                        () ->
                            new SequenceTraining.Settings(
                                1,
                                1,
                                1,
                                1,
                                0,
                                share,
                                0,
                                0,
                                2,
                                0,
                                1,
                                1,
                                io.sidestream.model.onnx.Device.CPU))
                    .hasMessageContaining("expected 0 to below 1"));
  }
}
