package io.sidestream.trainer.generator;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodeTrie;
import io.sidestream.trainer.tensor.SafeMath;
import java.util.Arrays;

/** Which codes a trie lets follow the right codes before, as a mask to add to logits. */
final class AllowedCodes {
  private AllowedCodes() {}

  /** 0 where a code may follow, {@link SafeMath#MASKED} elsewhere; row-major (L, B, K). */
  static float[] mask(ExampleBatch batch, CodeTrie trie) {
    int width = trie.shape().width();
    float[] mask = new float[batch.levels() * batch.size() * width];
    Arrays.fill(mask, SafeMath.MASKED);
    int[] id = new int[batch.levels()];
    for (int row = 0; row < batch.size(); row++) {
      for (int level = 0; level < batch.levels(); level++) {
        int from = (level * batch.size() + row) * width;
        int[] children = trie.children(Arrays.copyOf(id, level));
        check(children.length > 0, "no code follows %s in the trie", Arrays.toString(id));
        for (int code : children) {
          mask[from + code] = 0;
        }
        id[level] = batch.codes()[level * batch.size() + row];
      }
    }
    return mask;
  }
}
