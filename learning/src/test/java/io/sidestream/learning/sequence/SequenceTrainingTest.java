package io.sidestream.learning.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.onnx.Device;
import java.util.List;
import java.util.stream.IntStream;
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
      assertTrue(found >= Planted.ITEMS * 9L / 10, found + " found");
      long searched =
          IntStream.range(0, Planted.ITEMS)
              .filter(row -> Planted.best(trained.logProbabilities(planted.search(row))) == row)
              .count();
      assertTrue(searched >= Planted.ITEMS * 9L / 10, searched + " found");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void logProbabilities_allItems_sumToOne(int levels) {
    Planted planted = new Planted(levels, 3);
    try (SequenceWeights trained = planted.train(1, SequenceExamples.NONE)) {
      assertEquals(1, Planted.total(trained.logProbabilities(Planted.rows(1, 5, 2))), 1e-4);
      assertEquals(1, Planted.total(trained.logProbabilities(planted.search(3))), 1e-4);
    }
  }

  @Test
  void train_sameSeed_givesTheSameNumbers() {
    Planted planted = new Planted(2, 4);
    SequenceExamples validation = validation();
    try (SequenceWeights one = planted.train(2, validation);
        SequenceWeights other = planted.train(2, validation)) {
      assertEquals(one.losses(), other.losses());
      assertEquals(one.validationLoss(), other.validationLoss());
      assertArrayEquals(
          one.logProbabilities(Planted.rows(3, 4)), other.logProbabilities(Planted.rows(3, 4)));
    }
  }

  @Test
  void train_validationContradictsTheExamples_keepsAnEarlyGenerator() {
    Planted planted = new Planted(2, 4);
    try (SequenceWeights stopped = planted.train(15, validation());
        SequenceWeights whole = planted.train(15, SequenceExamples.NONE)) {
      assertTrue(loss(stopped) < loss(whole));
      assertEquals(loss(stopped), stopped.validationLoss(), 1e-3);
      assertTrue(Double.isNaN(whole.validationLoss()));
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
      assertTrue(Double.isFinite(trained.losses().last()));
    }
  }

  @Test
  void train_nothing_isRefused() {
    Planted planted = new Planted(2, 4);
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                SequenceTraining.train(
                    planted.shape,
                    planted.vocabulary,
                    planted.items,
                    SequenceExamples.NONE,
                    SequenceExamples.NONE,
                    Planted.settings(2),
                    5,
                    TrainingProgress.NONE));
    assertEquals("no examples to train a generator with", refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, -0.1})
  void settings_dropoutOutOfRange_isRefused(double share) {
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new SequenceTraining.Settings(1, 1, 1, 1, 0, share, 0, 0, 2, 0, 1, 1, Device.CPU));
    assertTrue(refused.getMessage().endsWith("expected 0 to below 1"), refused.getMessage());
  }
}
