package io.sidestream.learning.pretrained;

import io.sidestream.learning.decoding.GroupBeamSearch.NextLogits;
import io.sidestream.model.codes.CodeTrie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Exact top-k decoding over a trie by best-first search. */
final class BestFirstDecoder {
  /*
   * No prefix is less likely than what begins with it. So the queue's head, once it is a whole ID,
   * is the likeliest that is left; prefixes far down are never looked at. Several prefixes go
   * through the decoder at once because that costs little more than one; looking at more than
   * needed changes nothing. Codes are normalized over those that the trie lets follow, so the
   * probabilities of all IDs sum to 1. Ties go to the lower codes. (A* without a heuristic.)
   */
  private static final int AT_ONCE = 64;

  private record Node(int[] codes, double logProbability) {}

  private final CodeTrie trie;
  private final IdTokens tokens;
  private final NextLogits model;
  private final PriorityQueue<Node> open =
      new PriorityQueue<>(
          Comparator.comparingDouble((Node node) -> -node.logProbability())
              .thenComparing(Node::codes, Arrays::compare));

  BestFirstDecoder(CodeTrie trie, IdTokens tokens, NextLogits model) {
    this.trie = trie;
    this.tokens = tokens;
    this.model = model;
  }

  /** At most {@code ids} IDs, best first. */
  List<GeneratedId> find(int ids) {
    List<GeneratedId> found = new ArrayList<>();
    open.add(new Node(new int[0], 0));
    while (found.size() < ids && !open.isEmpty()) {
      Node best = open.poll();
      if (whole(best)) {
        found.add(new GeneratedId(best.codes(), best.logProbability(), best.logProbability()));
      } else {
        expand(withSiblings(best));
      }
    }
    return found;
  }

  private boolean whole(Node node) {
    return node.codes().length == trie.shape().levels();
  }

  /** The best prefixes that are as long as the very best. */
  private List<Node> withSiblings(Node best) {
    List<Node> together = new ArrayList<>(List.of(best));
    List<Node> others = new ArrayList<>();
    while (together.size() < AT_ONCE && !open.isEmpty() && !whole(open.peek())) {
      Node next = open.poll();
      (next.codes().length == best.codes().length ? together : others).add(next);
    }
    open.addAll(others);
    return together;
  }

  private void expand(List<Node> nodes) {
    float[][] logits = model.after(nodes.stream().map(this::prefix).toList());
    for (int row = 0; row < logits.length; row++) {
      expand(nodes.get(row), logits[row]);
    }
  }

  private int[] prefix(Node node) {
    int[] prefix = new int[node.codes().length];
    Arrays.setAll(prefix, level -> tokens.token(level, node.codes()[level]));
    return prefix;
  }

  private void expand(Node node, float[] logits) {
    int level = node.codes().length;
    int[] children = trie.children(node.codes());
    double largest = Double.NEGATIVE_INFINITY;
    for (int code : children) {
      largest = Math.max(largest, logits[tokens.token(level, code)]);
    }
    double sum = 0;
    for (int code : children) {
      sum += Math.exp(logits[tokens.token(level, code)] - largest);
    }
    double normalizer = largest + Math.log(sum);
    for (int code : children) {
      int[] codes = Arrays.copyOf(node.codes(), level + 1);
      codes[level] = code;
      double log = Math.min(0, logits[tokens.token(level, code)] - normalizer);
      open.add(new Node(codes, node.logProbability() + log));
    }
  }
}
