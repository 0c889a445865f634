package io.sidestream.learning.generator;

import io.sidestream.model.generator.GeneratorPrompt;
import java.util.Arrays;
import java.util.List;

/**
 * Examples side by side, padded to the longest prompt among them. Arrays are not copied: a batch
 * lives for one step.
 *
 * @param size B
 * @param length S, tokens of the longest prompt
 * @param levels L
 * @param tokens row-major (B, S), 0 where padded
 * @param absent row-major (B, S), whether a position is padding
 * @param vectors row-major (B, D)
 * @param codes level-major (L, B)
 * @param weights (B)
 */
record ExampleBatch(
    int size,
    int length,
    int levels,
    long[] tokens,
    boolean[] absent,
    float[] vectors,
    int[] codes,
    float[] weights) {

  static ExampleBatch of(List<GeneratorExample> examples) {
    int size = examples.size();
    int length = examples.stream().mapToInt(e -> e.prompt().length()).max().orElseThrow();
    int dimensions = examples.get(0).prompt().vector().length;
    int levels = examples.get(0).codes().length;
    ExampleBatch batch =
        new ExampleBatch(
            size,
            length,
            levels,
            new long[size * length],
            new boolean[size * length],
            new float[size * dimensions],
            new int[levels * size],
            new float[size]);
    Arrays.fill(batch.absent, true);
    for (int row = 0; row < size; row++) {
      batch.put(row, examples.get(row));
    }
    return batch;
  }

  private void put(int row, GeneratorExample example) {
    GeneratorPrompt prompt = example.prompt();
    int[] promptTokens = prompt.tokens();
    for (int at = 0; at < promptTokens.length; at++) {
      tokens[row * length + at] = promptTokens[at];
      absent[row * length + at] = false;
    }
    System.arraycopy(
        prompt.vector(), 0, vectors, row * prompt.vector().length, prompt.vector().length);
    int[] answer = example.codes();
    for (int level = 0; level < levels; level++) {
      codes[level * size + row] = answer[level];
    }
    weights[row] = example.weight();
  }
}
