package io.sidestream.learning.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.progress.LossCurve;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.bundle.Tensor;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SequenceStartTest {
  private static final Planted PLANTED = new Planted(2, 4);

  private static SequenceWeights earlier;

  @BeforeAll
  static void train() {
    earlier = PLANTED.train(40, SequenceExamples.NONE);
  }

  @AfterAll
  static void close() {
    earlier.close();
  }

  @Test
  void putInto_theSameItemsAndWords_answersAsTheEarlierGenerator() {
    try (SequenceWeights begun = begun(start(rows()), PLANTED.shape, PLANTED.vocabulary)) {
      for (List<Integer> history : List.of(Planted.rows(1, 5, 2), Planted.rows(7))) {
        assertArrayEquals(
            earlier.logProbabilities(history), begun.logProbabilities(history), 1e-4f);
      }
      assertArrayEquals(
          earlier.logProbabilities(PLANTED.search(3)),
          begun.logProbabilities(PLANTED.search(3)),
          1e-4f);
    }
  }

  /** What a piece adds to a search has to move with it; a new one is read as unknown was. */
  @Test
  void putInto_otherWords_keepTheirRowsAndNewOnesAreUnknown() {
    GeneratorVocabulary other = new GeneratorVocabulary(new int[] {50, 101, 103}, PLANTED.codebook);
    try (Parameters parameters = filled(shape(other.size()))) {
      start(rows()).putInto(parameters, other, PLANTED.items);
      float[] before = earlier.kept().get(SequenceParameters.TOKENS).floats();
      float[] after = parameters.floats(SequenceParameters.TOKENS);
      assertEquals(row(before, PLANTED.vocabulary.piece(103)), row(after, other.piece(103)));
      assertEquals(row(before, PLANTED.vocabulary.unknown()), row(after, other.piece(50)));
      assertEquals(row(before, PLANTED.vocabulary.code(1, 2)), row(after, other.code(1, 2)));
      assertEquals(row(before, PLANTED.vocabulary.size()), row(after, other.size()));
    }
  }

  @Test
  void putInto_newItems_areReadByTheirTextsAlone() {
    int[] rows = rows();
    rows[4] = -1;
    try (Parameters parameters = filled(PLANTED.shape)) {
      start(rows).putInto(parameters, PLANTED.vocabulary, PLANTED.items);
      float[] residuals = parameters.floats(SequenceParameters.RESIDUAL);
      assertEquals(row(new float[16], 0), row(residuals, 4));
      assertTrue(row(residuals, 5).stream().anyMatch(one -> Math.abs(one) > 1e-3));
      assertEquals(0, parameters.floats(SequenceParameters.ITEM_BIAS)[4]);
    }
  }

  @Test
  void train_fromAnEarlierGenerator_needsFewerEpochs() {
    try (SequenceWeights warm = train(Optional.of(start(rows())));
        SequenceWeights cold = train(Optional.empty())) {
      assertTrue(found(warm) > 20, "found " + found(warm));
      assertTrue(found(cold) < 10, "found " + found(cold));
    }
  }

  /** Where further steps make it worse, the weights that it began with are kept. */
  @Test
  void train_validationContradictsTheExamples_keepsTheStart() {
    SequenceExamples forwards =
        new SequenceExamples(
            List.of(), List.of(new SequenceExamples.History(Planted.rows(7, 8), 9)), List.of());
    UserSequence backwards =
        new UserSequence(new int[] {9, 8, 7, 6, 5}, new long[] {0, 1, 2, 3, 4});
    SequenceExamples contrary = new SequenceExamples(List.of(backwards), List.of(), List.of());
    try (SequenceWeights warm =
        SequenceTraining.train(
            PLANTED.shape,
            PLANTED.vocabulary,
            PLANTED.items,
            Optional.of(start(rows())),
            contrary,
            forwards,
            Planted.settings(3),
            5,
            TrainingProgress.NONE)) {
      assertArrayEquals(
          earlier.logProbabilities(Planted.rows(7, 8)),
          warm.logProbabilities(Planted.rows(7, 8)),
          1e-4f);
    }
  }

  @Test
  void obstacle_otherSizesOrMissingWeights_isNamed() {
    SequenceStart start = start(rows());
    assertEquals(Optional.empty(), start.obstacle(shape(1)));
    GeneratorShape wide = new GeneratorShape(PLANTED.codebook, 1, 8, 32, 2, 2, 32, Planted.LENGTH);
    assertEquals(
        Optional.of("its generator's tokens.weight is [16, 16], this one's [16, 32]"),
        start.obstacle(wide));
    Map<String, Tensor> fewer = new TreeMap<>(start.weights());
    fewer.remove(SequenceParameters.QUERY);
    SequenceStart partial =
        new SequenceStart(start.vocabulary(), start.tables(), fewer, start.rows());
    assertEquals(
        Optional.of("its generator's position.query.weight is missing, this one's [8, 16]"),
        partial.obstacle(shape(1)));
    try (Parameters parameters = filled(PLANTED.shape)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> partial.putInto(parameters, PLANTED.vocabulary, PLANTED.items));
    }
  }

  private static SequenceStart start(int[] rows) {
    return new SequenceStart(PLANTED.vocabulary, earlier.tables(), earlier.kept(), rows);
  }

  private static int[] rows() {
    return IntStream.range(0, Planted.ITEMS).toArray();
  }

  private static GeneratorShape shape(int vocabulary) {
    GeneratorShape one = PLANTED.shape;
    return new GeneratorShape(
        one.codebook(),
        vocabulary,
        one.vectorDimensions(),
        one.modelDimensions(),
        one.layers(),
        one.heads(),
        one.feedForwardDimensions(),
        one.maxTokens());
  }

  private static Parameters filled(GeneratorShape shape) {
    return SequenceParameters.fill(
        new Parameters(), shape, Planted.ITEMS, new SplittableRandom(77));
  }

  private static SequenceWeights begun(
      SequenceStart start, GeneratorShape shape, GeneratorVocabulary vocabulary) {
    Parameters parameters = filled(shape);
    start.putInto(parameters, vocabulary, PLANTED.items);
    return new SequenceWeights(
        shape, vocabulary, PLANTED.items, parameters, LossCurve.NONE, Double.NaN);
  }

  private static SequenceWeights train(Optional<SequenceStart> start) {
    return SequenceTraining.train(
        PLANTED.shape,
        PLANTED.vocabulary,
        PLANTED.items,
        start,
        PLANTED.examples(),
        SequenceExamples.NONE,
        Planted.settings(1),
        5,
        TrainingProgress.NONE);
  }

  private static long found(SequenceWeights trained) {
    return IntStream.range(0, Planted.ITEMS)
        .filter(
            last -> {
              int before = (last + Planted.ITEMS - 1) % Planted.ITEMS;
              float[] log = trained.logProbabilities(Planted.rows(before, last));
              return Planted.best(log) == (last + 1) % Planted.ITEMS;
            })
        .count();
  }

  private static List<Float> row(float[] table, int row) {
    Float[] values = new Float[16];
    Arrays.setAll(values, m -> table[row * 16 + m]);
    return List.of(values);
  }
}
