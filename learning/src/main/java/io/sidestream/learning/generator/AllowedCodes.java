package io.sidestream.learning.generator;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.model.codes.CodeTrie;
import java.util.Arrays;

/** Which codes a trie lets follow the right codes before, as a mask to add to logits. */
final class AllowedCodes {
  private AllowedCodes() {}

  /** 0 where a code may follow, {@link SafeMath#MASKED} elsewhere; row-major (L, B, K). */
  static float[] mask(ExampleBatch batch, CodeTrie trie) {
    float[] mask = new float[batch.levels() * batch.size() * trie.shape().width()];
    Arrays.fill(mask, SafeMath.MASKED);
    for (int row = 0; row < batch.size(); row++) {
      int node = 0;
      for (int level = 0; level < batch.levels(); level++) {
        int place = level * batch.size() + row;
        check(
            node != CodeTrie.ABSENT && allow(mask, place, trie, level, node),
            "no code follows the first %d of example %d in the trie",
            level,
            row);
        node = trie.next(level, node, batch.codes()[place]);
      }
    }
    return mask;
  }

  /** Lets the children of a node pass; returns whether there are any. */
  private static boolean allow(float[] mask, int place, CodeTrie trie, int level, int node) {
    int width = trie.shape().width();
    boolean any = false;
    for (int code = 0; code < width; code++) {
      if (trie.next(level, node, code) != CodeTrie.ABSENT) {
        mask[place * width + code] = 0;
        any = true;
      }
    }
    return any;
  }
}
