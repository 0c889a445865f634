package io.sidestream.benchmarks.training;

import io.sidestream.learning.generator.CentroidLogits;
import io.sidestream.learning.generator.GeneratorExample;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Prompts and answers that mean nothing, from a seed.
 *
 * @param trie of the answers
 */
record RandomExamples(List<GeneratorExample> examples, CodeTrie trie, CentroidLogits geometry) {
  private static final int IDS = 3_000;

  static RandomExamples of(GeneratorShape shape, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CodebookShape codebook = shape.codebook();
    int[][] ids = new int[IDS][codebook.levels()];
    for (int[] id : ids) {
      for (int level = 0; level < id.length; level++) {
        id[level] = random.nextInt(codebook.width());
      }
    }
    int words = shape.vocabulary() - codebook.levels() * codebook.width();
    List<GeneratorExample> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] tokens = random.ints(shape.maxTokens(), 0, words).toArray();
      GeneratorPrompt prompt = new GeneratorPrompt(tokens, unit(shape.vectorDimensions(), random));
      examples.add(new GeneratorExample(prompt, ids[random.nextInt(IDS)], 1));
    }
    int weights = codebook.levels() * shape.vectorDimensions() * codebook.width();
    return new RandomExamples(
        examples, CodeTrie.of(codebook, List.of(ids)), new CentroidLogits(new float[weights]));
  }

  private static float[] unit(int dimensions, SplittableRandom random) {
    float[] vector = new float[dimensions];
    double square = 0;
    for (int d = 0; d < dimensions; d++) {
      vector[d] = (float) (random.nextDouble() - 0.5);
      square += vector[d] * vector[d];
    }
    for (int d = 0; d < dimensions; d++) {
      vector[d] /= (float) Math.sqrt(square);
    }
    return vector;
  }
}
