package io.sidestream.learning.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.onnx.Device;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceTrainingTest {
  @Test
  void train_itemsFollowEachOther_learnsTheirDirection() {
    Planted planted = new Planted(2, 4);
    try (SequenceWeights trained = planted.train(40, SequenceExamples.NONE)) {
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

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void logProbabilities_prefixesComputedOnce_equalThoseOfEachItem(int levels) {
    Planted planted = new Planted(levels, 3);
    try (Parameters parameters =
        SequenceParameters.fill(
            new Parameters(), planted.shape, Planted.ITEMS, new SplittableRandom(3))) {
      SequenceValidation computing =
          new SequenceValidation(
              planted.shape, planted.vocabulary, planted.items, SequenceExamples.NONE);
      SequenceValidation.PromptBatch prompts =
          computing.histories(List.of(new int[] {1, 5, 2}, new int[] {7}));
      float[][] all = computing.ofAllItems(parameters, prompts);
      for (int prompt = 0; prompt < all.length; prompt++) {
        long[] places = new long[Planted.ITEMS];
        Arrays.fill(places, prompts.last()[prompt]);
        int[] rows = IntStream.range(0, Planted.ITEMS).toArray();
        assertArrayEquals(
            computing.logProbabilities(parameters, prompts, places, rows), all[prompt], 1e-5f);
      }
    }
  }

  @Test
  void train_sameSeed_givesTheSameNumbers() {
    Planted planted = new Planted(2, 4);
    SequenceExamples validation = validation();
    try (SequenceWeights one = planted.train(2, validation);
        SequenceWeights other = planted.train(2, validation)) {
      assertEquals(one.losses(), other.losses());
      assertEquals(one.validation(), other.validation());
      assertArrayEquals(
          one.logProbabilities(Planted.rows(3, 4)), other.logProbabilities(Planted.rows(3, 4)));
    }
  }

  @Test
  void train_validationContradictsTheExamples_keepsAnEarlyGenerator() {
    Planted planted = new Planted(2, 4);
    try (SequenceWeights stopped = planted.train(15, validation());
        SequenceWeights whole = planted.train(15, SequenceExamples.NONE)) {
      assertTrue(value(stopped) > value(whole));
      assertEquals(value(stopped), stopped.validation(), 1e-3);
      assertTrue(Double.isNaN(whole.validation()));
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

  /** The mean of 1 / log2(rank + 2) among the items that the history lacks. */
  private static double value(SequenceWeights weights) {
    return validation().histories().stream()
        .mapToDouble(
            one -> {
              float[] log = weights.logProbabilities(one.rows());
              long before =
                  IntStream.range(0, Planted.ITEMS)
                      .filter(row -> !one.rows().contains(row) && log[row] > log[one.next()])
                      .count();
              return Math.log(2) / Math.log(before + 2.0);
            })
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
    assertEquals(
        "no examples to train a generator with: no user met two items, no item is like another, and"
            + " no search counts (trainer.generator.loss.search)",
        refused.getMessage());
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
