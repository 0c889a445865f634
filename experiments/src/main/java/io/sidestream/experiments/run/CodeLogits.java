package io.sidestream.experiments.run;

import io.sidestream.learning.decoding.GroupBeamSearch.AllowedTokens;
import io.sidestream.learning.decoding.GroupBeamSearch.NextLogits;
import io.sidestream.learning.generator.GeneratorWeights;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorPrompt;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A generator's next-token logits after one prompt, as a language model has them: one token for
 * each code of each level, and an end token, which it never generates.
 */
record CodeLogits(GeneratorWeights generator, GeneratorPrompt prompt, CodeTrie trie)
    implements NextLogits {
  private static final float NEVER = Float.NEGATIVE_INFINITY;

  /** The token that ends a sequence. */
  static int endToken(CodebookShape shape) {
    return shape.levels() * shape.width();
  }

  @Override
  public float[][] after(List<int[]> prefixes) {
    int level = prefixes.get(0).length;
    float[][] logits = generator.nextLogits(prompt, prefixes.stream().map(this::codes).toList());
    float[][] spread = new float[logits.length][endToken(trie.shape()) + 1];
    for (int row = 0; row < logits.length; row++) {
      Arrays.fill(spread[row], NEVER);
      System.arraycopy(
          logits[row], 0, spread[row], level * trie.shape().width(), logits[row].length);
    }
    return spread;
  }

  /** The tokens that lead to an ID of the trie. */
  AllowedTokens allowed() {
    return (prefix, vocabulary) -> {
      int level = prefix.length;
      int[] children = level < trie.shape().levels() ? trie.children(codes(prefix)) : new int[0];
      return children.length == 0
          ? new int[] {endToken(trie.shape())}
          : IntStream.of(children).map(code -> level * trie.shape().width() + code).toArray();
    };
  }

  /** The leaf of an ID by its tokens, or {@link CodeTrie#ABSENT}. */
  int leaf(int[] tokens) {
    int levels = trie.shape().levels();
    return tokens.length >= levels
        ? trie.leaf(codes(Arrays.copyOf(tokens, levels)))
        : CodeTrie.ABSENT;
  }

  /** The codes of tokens; a token of another level leads to no leaf. */
  int[] codes(int[] tokens) {
    int width = trie.shape().width();
    return IntStream.range(0, tokens.length)
        .map(level -> Math.floorMod(tokens[level], width))
        .toArray();
  }
}
