package io.sidestream.learning.sequence;

import io.sidestream.learning.transformer.Dropout;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.Task;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Sequences of positions side by side, padded at their ends to the longest. Arrays are not copied:
 * a batch lives for one step.
 *
 * @param history whether positions are items of histories, or word pieces after a query's vector
 * @param size B
 * @param length S
 * @param vectors text halves of the items, or queries' vectors at position 0; row-major (B, S, D)
 * @param rows of the items, row-major (B, S), 0 where there is none
 * @param residuals 1 where an item's residual is seen, row-major (B, S)
 * @param tokens row-major (B, S, T)
 * @param seen 1 where a position is seen at all, row-major (B, S)
 */
record PositionBatch(
    boolean history,
    int size,
    int length,
    float[] vectors,
    long[] rows,
    float[] residuals,
    long[] tokens,
    float[] seen) {

  /**
   * What positions are without, at random.
   *
   * @param residual share of the items without their residual
   * @param position share of the positions that are not seen at all
   */
  record Dropped(double residual, double position, SplittableRandom random) {
    /** All positions in full. */
    static final Dropped NONE = new Dropped(0, 0, Dropout.NONE.random());

    private float kept(double share) {
      return share > 0 && random.nextDouble() < share ? 0 : 1;
    }

    /** Whether the residual of an item is seen, as a factor. */
    float residualKept() {
      return kept(residual);
    }
  }

  /** Tokens of a position: the task's marker, then the item's codes or a word piece. */
  static int tokensOf(GeneratorVocabulary vocabulary) {
    return 1 + vocabulary.shape().levels();
  }

  private static PositionBatch empty(
      boolean history, int size, int length, int dimensions, GeneratorVocabulary vocabulary) {
    int positions = size * length;
    long[] tokens = new long[positions * tokensOf(vocabulary)];
    Arrays.fill(tokens, vocabulary.size());
    return new PositionBatch(
        history,
        size,
        length,
        new float[positions * dimensions],
        new long[positions],
        new float[positions],
        tokens,
        new float[positions]);
  }

  /**
   * Histories.
   *
   * @param sequences rows of the items, oldest first
   * @param lengths how many of them are inputs
   */
  static PositionBatch histories(
      List<int[]> sequences,
      int[] lengths,
      SequenceItems items,
      GeneratorVocabulary vocabulary,
      Dropped dropped) {
    int longest = Arrays.stream(lengths).max().orElseThrow();
    int dimensions = items.dimensions();
    PositionBatch batch = empty(true, lengths.length, longest, dimensions, vocabulary);
    for (int b = 0; b < lengths.length; b++) {
      for (int at = 0; at < lengths[b]; at++) {
        batch.put(b * longest + at, sequences.get(b)[at], items, vocabulary, dropped);
      }
    }
    return batch;
  }

  private void put(
      int position, int row, SequenceItems items, GeneratorVocabulary vocabulary, Dropped dropped) {
    float scale = scale(items.dimensions());
    float[] text = items.text(row);
    for (int d = 0; d < text.length; d++) {
      vectors[position * text.length + d] = text[d] * scale;
    }
    rows[position] = row;
    residuals[position] = dropped.residualKept();
    int first = position * tokensOf(vocabulary);
    tokens[first] = vocabulary.marker(Task.RECOMMENDATION);
    for (int level = 0; level < vocabulary.shape().levels(); level++) {
      tokens[first + 1 + level] = vocabulary.code(level, items.code(row, level));
    }
    seen[position] = dropped.kept(dropped.position());
  }

  /** Searches: the query's vector, then a position for each word piece. */
  static PositionBatch searches(
      List<GeneratorPrompt> prompts, GeneratorVocabulary vocabulary, Dropped dropped) {
    int longest = prompts.stream().mapToInt(GeneratorPrompt::length).max().orElseThrow();
    int dimensions = prompts.get(0).vector().length;
    PositionBatch batch = empty(false, prompts.size(), longest, dimensions, vocabulary);
    for (int b = 0; b < prompts.size(); b++) {
      batch.put(b * longest, prompts.get(b), vocabulary, dropped);
    }
    return batch;
  }

  private void put(
      int from, GeneratorPrompt prompt, GeneratorVocabulary vocabulary, Dropped dropped) {
    float[] vector = prompt.vector();
    float scale = scale(vector.length);
    for (int d = 0; d < vector.length; d++) {
      vectors[from * vector.length + d] = vector[d] * scale;
    }
    int[] own = prompt.tokens();
    for (int at = 0; at < own.length; at++) {
      int first = (from + at) * tokensOf(vocabulary);
      tokens[first] = own[0];
      if (at > 0) {
        tokens[first + 1] = own[at];
      }
      seen[from + at] = at == 0 ? 1 : dropped.kept(dropped.position());
    }
  }

  /** What unit vectors are multiplied by, so that their numbers have variance 1. */
  static float scale(int dimensions) {
    return (float) Math.sqrt(dimensions);
  }
}
