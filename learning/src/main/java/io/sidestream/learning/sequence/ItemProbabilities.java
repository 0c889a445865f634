package io.sidestream.learning.sequence;

import ai.djl.ndarray.NDArray;
import io.sidestream.model.codes.CodeTrie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The exact log p of every item after some states. Each prefix of an ID is computed once for a
 * state, however many IDs begin with it.
 */
final class ItemProbabilities {
  private final SequenceItems items;
  private final List<Level> levels = new ArrayList<>();

  /**
   * The codes of a level that exist, in the order of the nodes or leaves that they lead to.
   *
   * @param prefixes codes of each node, shape [node][level]
   * @param cells node * K + code of each, ascending
   * @param first of each node's, and behind the last one's how many there are
   */
  private record Level(int[][] prefixes, long[] cells, int[] first) {
    static Level of(CodeTrie trie, int level, int[][] prefixes) {
      int width = trie.shape().width();
      long[] cells =
          LongStream.range(0, (long) prefixes.length * width)
              .filter(cell -> trie.next(level, (int) (cell / width), (int) (cell % width)) >= 0)
              .toArray();
      int[] first = new int[prefixes.length + 1];
      for (long cell : cells) {
        first[(int) (cell / width) + 1]++;
      }
      Arrays.parallelPrefix(first, Integer::sum);
      return new Level(prefixes, cells, first);
    }

    /** The prefixes of the next level. */
    int[][] longer(int width) {
      return Arrays.stream(cells)
          .mapToObj(
              cell -> {
                int[] prefix = prefixes[(int) (cell / width)];
                int[] codes = Arrays.copyOf(prefix, prefix.length + 1);
                codes[prefix.length] = (int) (cell % width);
                return codes;
              })
          .toArray(int[][]::new);
    }
  }

  ItemProbabilities(SequenceItems items) {
    this.items = items;
    CodeTrie trie = items.trie();
    int[][] prefixes = {new int[0]};
    for (int level = 0; level < trie.shape().levels(); level++) {
      Level one = Level.of(trie, level, prefixes);
      levels.add(one);
      prefixes = one.longer(trie.shape().width());
    }
  }

  /** Prefixes that are computed for each state. */
  int size() {
    return levels.stream().mapToInt(level -> level.prefixes().length).sum();
  }

  /**
   * Natural, shape [state][row]; a state's probabilities sum to 1.
   *
   * @param compared {@link SequenceNetwork#comparedItems}
   */
  float[][] after(SequenceNetwork network, NDArray states, NDArray compared) {
    int count = Math.toIntExact(states.getShape().get(0));
    List<float[]> codes = new ArrayList<>();
    for (int level = 0; level < levels.size(); level++) {
      Level one = levels.get(level);
      codes.add(network.logits(states, level, one.prefixes(), one.cells()).toFloatArray());
    }
    float[] logits = network.itemLogits(states, compared).toFloatArray();
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(state -> of(state, codes, logits))
        .toArray(float[][]::new);
  }

  private float[] of(int state, List<float[]> codes, float[] logits) {
    double[] logIds = logIds(state, codes);
    float[] log = new float[items.size()];
    int from = state * items.size();
    for (int leaf = 0; leaf < logIds.length; leaf++) {
      int[] rows = items.rowsOf(leaf);
      if (rows.length == 1) {
        log[rows[0]] = (float) logIds[leaf];
        continue;
      }
      double most = Double.NEGATIVE_INFINITY;
      for (int row : rows) {
        most = Math.max(most, logits[from + row]);
      }
      double sum = 0;
      for (int row : rows) {
        sum += Math.exp(logits[from + row] - most);
      }
      for (int row : rows) {
        log[row] = (float) (logIds[leaf] + logits[from + row] - most - Math.log(sum));
      }
    }
    return log;
  }

  /** By leaf. */
  private double[] logIds(int state, List<float[]> codes) {
    double[] log = {0}; // by node of a level
    for (int level = 0; level < levels.size(); level++) {
      int[] first = levels.get(level).first();
      int children = first[first.length - 1];
      double[] next = new double[children];
      for (int node = 0; node < log.length; node++) {
        share(log[node], codes.get(level), state * children, first[node], first[node + 1], next);
      }
      log = next;
    }
    return log;
  }

  /** Shares a node's probability out among its children, from one to before another. */
  private static void share(
      double log, float[] logits, int offset, int from, int to, double[] next) {
    double most = Double.NEGATIVE_INFINITY;
    for (int child = from; child < to; child++) {
      most = Math.max(most, logits[offset + child]);
    }
    double sum = 0;
    for (int child = from; child < to; child++) {
      sum += Math.exp(logits[offset + child] - most);
    }
    double total = log - most - Math.log(sum);
    for (int child = from; child < to; child++) {
      next[child] = total + logits[offset + child];
    }
  }
}
