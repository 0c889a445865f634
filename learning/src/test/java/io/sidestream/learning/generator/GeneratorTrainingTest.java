package io.sidestream.learning.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.onnx.OnnxSessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorTrainingTest {
  private static final GeneratorShape SHAPE = Fixture.shape(2, 8, 6);

  @TempDir Path directory;

  @Test
  void train_toyMapping_isLearnedByHeart() throws IOException {
    List<GeneratorExample> examples = Fixture.examples(SHAPE, 40, new SplittableRandom(1));
    GeneratorTraining.Settings settings =
        new GeneratorTraining.Settings(
            80, Integer.MAX_VALUE, 20, 1e-2, 0, 0, 0.1, true, 0, Device.CPU);
    try (GeneratorWeights trained = train(examples, settings, 1, TrainingProgress.NONE)) {
      CodeTrie trie = trie(examples);
      Path onnx = directory.resolve("generator.onnx");
      trained.export(onnx);
      int right = 0;
      try (CodeGenerator generator = CodeGenerator.open(onnx, SHAPE, OnnxSessions.cpu(1))) {
        for (GeneratorExample example : examples) {
          Beam best = generator.generate(example.prompt(), trie, 4).get(0);
          right += Arrays.equals(example.codes(), trie.codes(best.leaf())) ? 1 : 0;
        }
      }
      assertTrue(right >= 39, right + " of 40, loss " + trained.loss());
    }
  }

  @Test
  void train_sameSeed_exportsTheSameBytesAndAnotherSeedOthers() throws IOException {
    byte[] one = exported(5);
    assertArrayEquals(one, exported(5));
    assertTrue(!Arrays.equals(one, exported(6)));
  }

  private byte[] exported(long seed) throws IOException {
    List<GeneratorExample> examples = Fixture.examples(SHAPE, 30, new SplittableRandom(2));
    GeneratorTraining.Settings settings =
        new GeneratorTraining.Settings(
            2, Integer.MAX_VALUE, 8, 2e-3, 0.01, 0.1, 0.1, true, 0, Device.CPU);
    try (GeneratorWeights trained = train(examples, settings, seed, TrainingProgress.NONE)) {
      Path onnx = directory.resolve("generator.onnx");
      trained.export(onnx);
      return Files.readAllBytes(onnx);
    }
  }

  @Test
  void train_blind_answersAlikeWhateverTheVector() throws IOException {
    List<GeneratorExample> examples = Fixture.examples(SHAPE, 30, new SplittableRandom(8));
    GeneratorTraining.Settings settings = settings(false);
    try (GeneratorWeights trained = train(examples, settings, 1, TrainingProgress.NONE)) {
      int[] tokens = examples.get(0).prompt().tokens();
      List<int[]> ids = List.of(examples.get(0).codes());
      double[] one = trained.logProbabilities(prompt(tokens, 0.3f), ids, trie(examples));
      double[] other = trained.logProbabilities(prompt(tokens, -0.7f), ids, trie(examples));
      assertArrayEquals(one, other);
      assertTrue(trained.loss() < trained.losses().points().get(0).loss());
    }
  }

  @Test
  void train_taught_giveOthersThatTheTeacherLikesAChance() {
    List<GeneratorExample> examples = Fixture.examples(SHAPE, 30, new SplittableRandom(8));
    float[][] vectors = examples.stream().map(one -> one.prompt().vector()).toArray(float[][]::new);
    int[][] codes = examples.stream().map(GeneratorExample::codes).toArray(int[][]::new);
    DenseTeacher teacher = new DenseTeacher(vectors, codes, 0.3);
    GeneratorTraining.Settings settings =
        new GeneratorTraining.Settings(
            40, Integer.MAX_VALUE, 20, 1e-2, 0, 0, 0.1, true, 0.9, Device.CPU);
    CodeTrie trie = trie(examples);
    try (GeneratorWeights trained =
        GeneratorTraining.train(
            SHAPE,
            CentroidLogits.zero(SHAPE),
            trie,
            examples,
            Optional.of(teacher),
            settings,
            1,
            TrainingProgress.NONE)) {
      double[] own = trained.logProbabilities(examples.get(0).prompt(), List.of(codes[0]), trie);
      assertTrue(own[0] < Math.log(0.9), "all for the right ID: " + Math.exp(own[0]));
    }
  }

  private static GeneratorPrompt prompt(int[] tokens, float value) {
    float[] vector = new float[SHAPE.vectorDimensions()];
    Arrays.fill(vector, value);
    return new GeneratorPrompt(tokens, vector);
  }

  @Test
  void train_maxSteps_endsThere() {
    long[] reported = new long[2];
    TrainingProgress progress =
        new TrainingProgress() {
          @Override
          public void stage(String name, String detail) {}

          @Override
          public void step(long done, long total) {
            reported[0] = done;
            reported[1] = total;
          }

          @Override
          public void finished(String name, String detail) {}
        };
    GeneratorTraining.Settings settings =
        new GeneratorTraining.Settings(9, 5, 8, 2e-3, 0.01, 0, 0.1, true, 0, Device.CPU);
    train(Fixture.examples(SHAPE, 30, new SplittableRandom(3)), settings, 1, progress).close();
    assertArrayEquals(new long[] {5, 5}, reported);
  }

  @Test
  void train_promptTooLong_isRefused() {
    SplittableRandom random = new SplittableRandom(4);
    GeneratorExample tooLong =
        new GeneratorExample(Fixture.prompt(SHAPE, 7, random), new int[] {1, 1}, 1);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> train(List.of(tooLong), settings(true), 1, TrainingProgress.NONE));
    assertEquals("prompt has 7 tokens, expected 1 to 6", refused.getMessage());
  }

  @Test
  void train_answerOutsideTheTrie_isRefused() {
    List<GeneratorExample> examples = Fixture.examples(SHAPE, 1, new SplittableRandom(7));
    CodeTrie other = CodeTrie.of(SHAPE.codebook(), List.of(new int[] {7, 7}));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                GeneratorTraining.train(
                    SHAPE,
                    CentroidLogits.zero(SHAPE),
                    other,
                    examples,
                    settings(true),
                    1,
                    TrainingProgress.NONE));
    assertTrue(refused.getMessage().endsWith("is not in the trie"), refused.getMessage());
  }

  private static GeneratorWeights train(
      List<GeneratorExample> examples,
      GeneratorTraining.Settings settings,
      long seed,
      TrainingProgress progress) {
    CentroidLogits geometry = CentroidLogits.zero(SHAPE);
    return GeneratorTraining.train(
        SHAPE, geometry, trie(examples), examples, settings, seed, progress);
  }

  private static CodeTrie trie(List<GeneratorExample> examples) {
    return CodeTrie.of(SHAPE.codebook(), examples.stream().map(GeneratorExample::codes).toList());
  }

  @Test
  void batches_everyExample_comesOnce() {
    List<GeneratorExample> examples = Fixture.examples(SHAPE, 103, new SplittableRandom(5));
    List<List<GeneratorExample>> batches = Batches.of(examples, 4, new SplittableRandom(6));
    assertEquals(Set.copyOf(examples), Set.copyOf(batches.stream().flatMap(List::stream).toList()));
    assertEquals(103, batches.stream().mapToInt(List::size).sum());
    assertTrue(batches.stream().allMatch(batch -> batch.size() <= 4));
  }

  /** Ten epochs of batches of 64. */
  private static GeneratorTraining.Settings settings(boolean vectorFeatures) {
    return new GeneratorTraining.Settings(
        10, Integer.MAX_VALUE, 64, 2e-3, 0.01, 0.1, 0.05, vectorFeatures, 0, Device.CPU);
  }
}
