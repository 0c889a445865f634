package io.sidestream.model.generator;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkEqual;

import java.util.Arrays;
import java.util.List;

/**
 * A prompt of a sequence generator: its positions, oldest first. Arrays are not copied: a prompt
 * lives for one request.
 *
 * @param positions what each position is read as beside its tokens, shape [position][M]
 * @param tokens of each position: the task's marker, then an item's codes or one word piece, then
 *     {@link GeneratorVocabulary#size} where there is none; shape [position][T]
 */
public record SequencePrompt(float[][] positions, int[][] tokens) {
  public SequencePrompt {
    check(positions.length > 0, "prompt has no positions");
    checkEqual(tokens.length, positions.length, "prompt has tokens of %d positions");
  }

  /** How many positions there are. */
  public int length() {
    return positions.length;
  }

  /** Tokens of one position. */
  public static int tokensPerPosition(GeneratorVocabulary vocabulary) {
    return 1 + vocabulary.shape().levels();
  }

  /**
   * A history.
   *
   * @param positions of the items, oldest first, at least one
   * @param codes of the items, shape [item][level]
   */
  public static SequencePrompt history(
      List<float[]> positions, List<int[]> codes, GeneratorVocabulary vocabulary) {
    int[][] tokens = new int[codes.size()][tokensPerPosition(vocabulary)];
    for (int at = 0; at < tokens.length; at++) {
      tokens[at][0] = vocabulary.marker(Task.RECOMMENDATION);
      for (int level = 0; level < vocabulary.shape().levels(); level++) {
        tokens[at][1 + level] = vocabulary.code(level, codes.get(at)[level]);
      }
    }
    return new SequencePrompt(positions.toArray(float[][]::new), tokens);
  }

  /**
   * A search.
   *
   * @param position of the query's vector
   * @param words marker and word pieces
   */
  public static SequencePrompt search(
      float[] position, int[] words, GeneratorVocabulary vocabulary) {
    float[][] positions = new float[words.length][position.length];
    positions[0] = position;
    int[][] tokens = new int[words.length][tokensPerPosition(vocabulary)];
    for (int at = 0; at < words.length; at++) {
      Arrays.fill(tokens[at], vocabulary.size());
      tokens[at][0] = words[0];
      if (at > 0) {
        tokens[at][1] = words[at];
      }
    }
    return new SequencePrompt(positions, tokens);
  }
}
