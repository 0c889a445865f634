package io.sidestream.learning.sequence;

import ai.djl.ndarray.NDArray;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.model.codes.CodeTrie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The exact log p of every item after some states. Each prefix of an ID is computed once for a
 * state, however many IDs begin with it.
 */
final class ItemProbabilities {
  private final SequenceItems items;
  private final CodeTrie trie;
  private final List<int[][]> prefixes; // by level: codes of each node, [node][level]
  private final List<float[]> masks; // by level: row-major (node, code), for what no item follows

  ItemProbabilities(SequenceItems items) {
    this.items = items;
    this.trie = items.trie();
    this.prefixes = new ArrayList<>();
    this.masks = new ArrayList<>();
    int[][] nodes = {new int[0]};
    for (int level = 0; level < trie.shape().levels(); level++) {
      prefixes.add(nodes);
      masks.add(mask(level));
      nodes = level + 1 < trie.shape().levels() ? nodesAfter(level, nodes) : nodes;
    }
  }

  private float[] mask(int level) {
    int width = trie.shape().width();
    float[] mask = new float[trie.nodes(level) * width];
    for (int cell = 0; cell < mask.length; cell++) {
      mask[cell] = trie.next(level, cell / width, cell % width) < 0 ? SafeMath.MASKED : 0;
    }
    return mask;
  }

  private int[][] nodesAfter(int level, int[][] nodes) {
    int[][] next = new int[trie.nodes(level + 1)][];
    for (int node = 0; node < nodes.length; node++) {
      for (int code : trie.children(nodes[node])) {
        int[] codes = Arrays.copyOf(nodes[node], level + 1);
        codes[level] = code;
        next[trie.next(level, node, code)] = codes;
      }
    }
    return next;
  }

  /** Prefixes that are computed for each state. */
  int size() {
    return prefixes.stream().mapToInt(nodes -> nodes.length).sum();
  }

  /** Natural, shape [state][row]; a state's probabilities sum to 1. */
  float[][] after(SequenceNetwork network, NDArray states) {
    int count = Math.toIntExact(states.getShape().get(0));
    List<float[]> levels = new ArrayList<>();
    for (int level = 0; level < prefixes.size(); level++) {
      levels.add(
          network.logCodes(states, level, prefixes.get(level), masks.get(level)).toFloatArray());
    }
    float[] logits = network.itemLogits(states).toFloatArray();
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(state -> of(state, levels, logits))
        .toArray(float[][]::new);
  }

  private float[] of(int state, List<float[]> levels, float[] logits) {
    double[] logIds = logIds(state, levels);
    float[] log = new float[items.size()];
    int from = state * items.size();
    for (int leaf = 0; leaf < trie.size(); leaf++) {
      int[] rows = items.rowsOf(leaf);
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
  private double[] logIds(int state, List<float[]> levels) {
    int width = trie.shape().width();
    double[] log = {0}; // by node of a level
    for (int level = 0; level < levels.size(); level++) {
      boolean last = level == levels.size() - 1;
      double[] next = new double[last ? trie.size() : trie.nodes(level + 1)];
      int from = state * log.length * width;
      for (int cell = 0; cell < log.length * width; cell++) {
        int child = trie.next(level, cell / width, cell % width);
        if (child >= 0) {
          next[child] = log[cell / width] + levels.get(level)[from + cell];
        }
      }
      log = next;
    }
    return log;
  }
}
