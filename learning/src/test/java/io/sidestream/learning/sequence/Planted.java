package io.sidestream.learning.sequence;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.Task;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.vectors.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A small catalogue in which item i is followed by item i + 1: the order of events alone says what
 * comes next, in either direction the same items are met together.
 */
final class Planted {
  static final int ITEMS = 24;
  static final int LENGTH = 6;
  private static final int DIMENSIONS = 8;

  final CodebookShape codebook;
  final GeneratorVocabulary vocabulary;
  final GeneratorShape shape;
  final SequenceItems items;
  private final int[][] codes;

  Planted(int levels, int width) {
    SplittableRandom random = new SplittableRandom(7);
    codebook = new CodebookShape(levels, width);
    vocabulary = new GeneratorVocabulary(new int[] {100, 101, 102, 103}, codebook);
    shape = new GeneratorShape(codebook, vocabulary.size(), DIMENSIONS, 16, 2, 2, 32, LENGTH);
    codes =
        IntStream.range(0, ITEMS)
            .mapToObj(row -> random.ints(levels, 0, width).toArray())
            .toArray(int[][]::new);
    float[][] texts =
        IntStream.range(0, ITEMS).mapToObj(row -> vector(random)).toArray(float[][]::new);
    items = new SequenceItems(codebook, texts, codes);
  }

  int[][] codes() {
    return codes;
  }

  static float[] vector(SplittableRandom random) {
    float[] vector = new float[DIMENSIONS];
    for (int d = 0; d < DIMENSIONS; d++) {
      vector[d] = (float) (random.nextDouble() * 2 - 1);
    }
    return Vectors.normalize(vector);
  }

  /** A search of two word pieces. */
  GeneratorPrompt search(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] tokens = {vocabulary.marker(Task.SEARCH), 3 + random.nextInt(4), 3 + random.nextInt(4)};
    return new GeneratorPrompt(tokens, vector(random));
  }

  SequenceExamples examples() {
    List<UserSequence> users = new ArrayList<>();
    for (int user = 0; user < ITEMS; user++) {
      int first = user;
      int[] rows = IntStream.range(0, 9).map(i -> (first + i) % ITEMS).toArray();
      users.add(new UserSequence(rows, IntStream.range(0, 9).asLongStream().toArray()));
    }
    List<SequenceExamples.Search> searches =
        IntStream.range(0, ITEMS)
            .mapToObj(row -> new SequenceExamples.Search(search(row), row, 1))
            .toList();
    return new SequenceExamples(users, List.of(), searches);
  }

  static SequenceTraining.Settings settings(int epochs) {
    return new SequenceTraining.Settings(
        epochs, 10_000, 8, 5e-3, 0.01, 0.05, 0.2, 0.05, 100, 0.1, 1, 1, Device.CPU);
  }

  SequenceWeights train(int epochs, SequenceExamples validation) {
    return SequenceTraining.train(
        shape,
        vocabulary,
        items,
        examples(),
        validation,
        settings(epochs),
        5,
        TrainingProgress.NONE);
  }

  static int best(float[] logProbabilities) {
    return IntStream.range(0, logProbabilities.length)
        .reduce((a, b) -> logProbabilities[b] > logProbabilities[a] ? b : a)
        .orElseThrow();
  }

  static double total(float[] logProbabilities) {
    double sum = 0;
    for (float one : logProbabilities) {
      sum += Math.exp(one);
    }
    return sum;
  }

  static List<Integer> rows(int... rows) {
    return Arrays.stream(rows).boxed().toList();
  }
}
