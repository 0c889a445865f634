package io.sidestream.learning.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorPrompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AllowedCodesTest {
  @Test
  void mask_randomIds_letsTheChildrenOfEachPrefixPass() {
    long seed = System.nanoTime();
    System.out.println("mask_randomIds_letsTheChildrenOfEachPrefixPass seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      CodebookShape shape = new CodebookShape(1 + random.nextInt(4), 2 + random.nextInt(7));
      List<int[]> ids = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(20); i++) {
        ids.add(random.ints(shape.levels(), 0, shape.width()).toArray());
      }
      CodeTrie trie = CodeTrie.of(shape, ids);
      assertArrayEquals(naive(ids, trie), AllowedCodes.mask(batch(ids), trie));
    }
  }

  private static float[] naive(List<int[]> ids, CodeTrie trie) {
    int width = trie.shape().width();
    float[] mask = new float[trie.shape().levels() * ids.size() * width];
    Arrays.fill(mask, SafeMath.MASKED);
    for (int level = 0; level < trie.shape().levels(); level++) {
      for (int row = 0; row < ids.size(); row++) {
        for (int code : trie.children(Arrays.copyOf(ids.get(row), level))) {
          mask[(level * ids.size() + row) * width + code] = 0;
        }
      }
    }
    return mask;
  }

  @Test
  void mask_prefixThatDoesNotExist_isRefused() {
    CodeTrie trie = CodeTrie.of(new CodebookShape(2, 4), List.of(new int[] {0, 1}));
    ExampleBatch batch = batch(List.of(new int[] {0, 1}, new int[] {3, 1}));
    assertThrows(IllegalArgumentException.class, () -> AllowedCodes.mask(batch, trie));
  }

  private static ExampleBatch batch(List<int[]> ids) {
    GeneratorPrompt prompt = new GeneratorPrompt(new int[] {0}, new float[] {1});
    return ExampleBatch.of(ids.stream().map(id -> new GeneratorExample(prompt, id, 1)).toList());
  }
}
