package io.sidestream.learning.generator;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small generators, random prompts and random IDs. */
final class Fixture {
  static final int PIECES = 30;
  static final int VECTOR = 6;

  private Fixture() {}

  static GeneratorShape shape(int levels, int width, int maxTokens) {
    int vocabulary = PIECES + levels * width;
    return new GeneratorShape(
        new CodebookShape(levels, width), vocabulary, VECTOR, 16, 2, 4, 24, maxTokens);
  }

  /** Weights that prefer some codes to others. */
  static CentroidLogits geometry(GeneratorShape shape, SplittableRandom random) {
    float[] weights = new float[CentroidLogits.size(shape)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextDouble() * 2 - 1);
    }
    return new CentroidLogits(weights);
  }

  static GeneratorPrompt prompt(GeneratorShape shape, int length, SplittableRandom random) {
    int[] tokens = random.ints(length, 0, shape.vocabulary()).toArray();
    float[] vector = new float[shape.vectorDimensions()];
    double square = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (random.nextDouble() * 2 - 1);
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return new GeneratorPrompt(tokens, vector);
  }

  static List<int[]> ids(GeneratorShape shape, int count, SplittableRandom random) {
    List<int[]> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(random.ints(shape.codebook().levels(), 0, shape.codebook().width()).toArray());
    }
    return ids;
  }

  static List<GeneratorExample> examples(GeneratorShape shape, int count, SplittableRandom random) {
    List<GeneratorExample> examples = new ArrayList<>();
    for (int[] codes : ids(shape, count, random)) {
      GeneratorPrompt prompt = prompt(shape, 1 + random.nextInt(shape.maxTokens()), random);
      examples.add(new GeneratorExample(prompt, codes, 1 + random.nextInt(3)));
    }
    return examples;
  }
}
