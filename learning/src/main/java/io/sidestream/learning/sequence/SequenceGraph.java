package io.sidestream.learning.sequence;

import static io.sidestream.learning.transformer.T5Shape.ENCODER;

import io.sidestream.learning.generator.OnnxGraph;
import io.sidestream.learning.generator.OnnxLayers;
import io.sidestream.learning.tensor.NamedWeights;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.transformer.CausalTransformer;
import io.sidestream.learning.transformer.T5Shape;
import io.sidestream.model.generator.GeneratorShape;
import java.util.List;
import java.util.Map;

/**
 * Writes the graph that serving runs: from the positions of prompts to log p of every ID behind the
 * prefixes that are followed.
 *
 * <p>Letters: B prompts, S positions, T tokens of a position, M model dimensions, H heads, K codes,
 * P prefixes, N nodes of a level.
 */
final class SequenceGraph {
  /*
   * Each prompt answers from its last position. No mask of padding is needed: it comes after, and
   * positions see those up to them alone. Level by level the best prefixes are followed, all of
   * them where there are no more than wanted; the last level's scores leave the graph as they are,
   * with the leaf of each. What the trie lacks is masked, by 1e9 below all others.
   */
  private final GeneratorShape shape;
  private final NamedWeights weights;
  private final OnnxGraph graph = new OnnxGraph("sequence-generator");
  private final String positions; // (B, S, M)
  private final String tokens; // (B, S, T)
  private final String lengths; // (B)
  private final String wanted; // ()
  private final OnnxLayers layers;

  /**
   * Prefixes of a level: nodes (B, P), scores (B, P), sums of their codes' embeddings (B, P, M).
   */
  private record Prefixes(String nodes, String scores, String embedding) {}

  private SequenceGraph(GeneratorShape shape, NamedWeights weights) {
    this.shape = shape;
    this.weights = undivided(shape, weights);
    positions = graph.input("positions", OnnxGraph.FLOAT, "B", "S", shape.modelDimensions());
    tokens = graph.input("tokens", OnnxGraph.INT64, "B", "S", 1 + levels());
    lengths = graph.input("lengths", OnnxGraph.INT64, "B");
    wanted = graph.input("prefixes", OnnxGraph.INT64);
    layers =
        new OnnxLayers(
            graph, this.weights, SequenceParameters.layers(shape), graph.node("Shape", lengths));
  }

  /** The weights with the divisor of attention scores in the queries' matrices, as T5 has them. */
  private static NamedWeights undivided(GeneratorShape shape, NamedWeights weights) {
    double divisor = CausalTransformer.divisor(SequenceParameters.layers(shape));
    return new NamedWeights() {
      @Override
      public long[] shape(String name) {
        return weights.shape(name);
      }

      @Override
      public float[] floats(String name) {
        float[] values = weights.floats(name);
        for (int i = 0; name.endsWith(".q.weight") && i < values.length; i++) {
          values[i] = (float) (values[i] / divisor);
        }
        return values;
      }
    };
  }

  static OnnxGraph of(GeneratorShape shape, NamedWeights weights) {
    SequenceGraph writer = new SequenceGraph(shape, weights);
    writer.write();
    return writer.graph;
  }

  private void write() {
    String states = states(); // (B, M)
    graph.output("item_query", OnnxGraph.FLOAT, itemQuery(states), "B", shape.modelDimensions());
    String one = graph.node("Concat", Map.of("axis", 0), graph.node("Shape", lengths), list(1));
    Prefixes prefixes =
        new Prefixes(
            graph.node("Expand", graph.whole(0), one), // (B, 1)
            graph.node("Expand", graph.scalar(0), one), // (B, 1)
            "");
    for (int level = 0; level < levels(); level++) {
      prefixes = advance(level, prefixes, states);
    }
  }

  private int levels() {
    return shape.codebook().levels();
  }

  private String list(long... numbers) {
    return graph.list(numbers);
  }

  private String states() {
    String summed =
        graph.node(
            "ReduceSum",
            Map.of("keepdims", 0),
            graph.node("Gather", layers.weight(SequenceParameters.TOKENS), tokens),
            list(2)); // (B, S, M)
    String count = graph.node("Gather", graph.node("Shape", positions), graph.whole(1)); // ()
    String at = graph.node("Range", graph.whole(0), count, graph.whole(1)); // (S)
    String bias = bias(at); // (H, S, S)
    String x =
        graph.node(
            "Reshape",
            graph.node("Add", positions, summed),
            list(-1, shape.modelDimensions())); // (B S, M)
    for (int layer = 0; layer < shape.layers(); layer++) {
      x = layers.selfAttention(ENCODER, layer, x, bias);
      x = layers.feedForward(ENCODER, layer, x);
    }
    String last = graph.node("Gather", x, lastRows(count)); // (B, M)
    return layers.norm(T5Shape.finalNorm(ENCODER), last);
  }

  /** The row of each prompt's last position, shape (B). */
  private String lastRows(String count) {
    String prompts = graph.node("Squeeze", graph.node("Shape", lengths)); // ()
    String prompt = graph.node("Range", graph.whole(0), prompts, graph.whole(1)); // (B)
    String after = graph.node("Add", graph.node("Mul", prompt, count), lengths);
    return graph.node("Sub", after, graph.whole(1));
  }

  /** The bias of relative positions, later ones masked: (H, S, S). */
  private String bias(String at) {
    String keys = graph.node("Unsqueeze", at, list(0)); // (1, S)
    String queries = graph.node("Unsqueeze", at, list(1)); // (S, 1)
    String before = graph.node("Sub", queries, keys); // (S, S)
    int farthest = SequenceParameters.layers(shape).buckets().maxDistance();
    String row = graph.node("Clip", before, graph.whole(0), graph.whole(farthest));
    String bias = graph.node("Gather", distances(farthest), row); // (S, S, H)
    String later = graph.node("Less", before, graph.whole(0)); // (S, S)
    String mask =
        graph.node("Where", later, graph.scalar(SafeMath.MASKED), graph.scalar(0)); // (S, S)
    String byHead = graph.node("Transpose", Map.of("perm", new long[] {2, 0, 1}), bias);
    return graph.node("Add", byHead, mask);
  }

  /** The bias of each distance from 0 on, shape (farthest + 1, H). */
  private String distances(int farthest) {
    float[] buckets = weights.floats(T5Shape.positions(ENCODER));
    int heads = shape.heads();
    float[] table = new float[(farthest + 1) * heads];
    for (int row = 0; row <= farthest; row++) {
      int bucket = SequenceParameters.layers(shape).buckets().causal(-row);
      System.arraycopy(buckets, bucket * heads, table, row * heads, heads);
    }
    return graph.weight("distances", table, farthest + 1, heads);
  }

  private String itemQuery(String states) {
    String compared =
        graph.node(
            "Add",
            layers.times(states, SequenceParameters.ITEM_QUERY),
            layers.weight(SequenceParameters.ITEM_QUERY_BIAS));
    return graph.node(
        "Div", compared, graph.scalar((float) Math.sqrt(shape.modelDimensions()))); // (B, M)
  }

  private Prefixes advance(int level, Prefixes prefixes, String states) {
    int width = shape.codebook().width();
    String trie = graph.input("trie_" + level, OnnxGraph.INT32, "nodes_" + level, width);
    String children = graph.node("Gather", trie, prefixes.nodes()); // (B, P, K)
    String exists = graph.node("GreaterOrEqual", children, graph.whole32(0)); // (B, P, K)
    String logits = existing(exists, logits(level, prefixes, states)); // (B, P, K)
    String log = graph.node("LogSoftmax", Map.of("axis", -1), logits);
    String before = graph.node("Unsqueeze", prefixes.scores(), list(2)); // (B, P, 1)
    String total = flat(existing(exists, graph.node("Add", log, before))); // (B, P K)
    String next = flat(children); // (B, P K)
    if (level == levels() - 1) {
      graph.output("leaves", OnnxGraph.INT32, next, "B", "cells");
      graph.output("log_probabilities", OnnxGraph.FLOAT, total, "B", "cells");
      return prefixes;
    }
    return chosen(level, prefixes, next, total);
  }

  private Prefixes chosen(int level, Prefixes prefixes, String next, String total) {
    String cells = graph.node("Gather", graph.node("Shape", total), list(1)); // (1)
    String count = graph.node("Min", cells, wanted); // (1)
    List<String> best = graph.nodes("TopK", 2, Map.of("axis", 1), total, count); // (B, P')
    String nodes = graph.node("GatherElements", Map.of("axis", 1), next, best.get(1));
    int width = shape.codebook().width();
    String code = graph.node("Mod", best.get(1), graph.whole(width)); // (B, P')
    String own = graph.node("Gather", layers.weight(SequenceParameters.prefix(level)), code);
    if (level > 0) {
      String parent = graph.node("Div", best.get(1), graph.whole(width)); // (B, P')
      String parents =
          graph.node("Add", parent, graph.node("Unsqueeze", firstRows(prefixes.nodes()), list(1)));
      String rows = graph.node("Reshape", prefixes.embedding(), list(-1, shape.modelDimensions()));
      own = graph.node("Add", own, graph.node("Gather", rows, parents)); // (B, P', M)
    }
    return new Prefixes(nodes, best.get(0), own);
  }

  /** The first row of each prompt among prefixes with nodes (B, P), shape (B). */
  private String firstRows(String nodes) {
    String each = graph.node("Gather", graph.node("Shape", nodes), graph.whole(1)); // P
    String prompts = graph.node("Squeeze", graph.node("Shape", lengths)); // ()
    String prompt = graph.node("Range", graph.whole(0), prompts, graph.whole(1)); // (B)
    return graph.node("Mul", prompt, each);
  }

  /** Scores of the codes that may follow each prefix, before masking: (B, P, K). */
  private String logits(int level, Prefixes prefixes, String states) {
    String of = graph.node("Unsqueeze", states, list(1)); // (B, 1, M)
    if (level > 0) {
      String both = graph.node("Add", of, prefixes.embedding()); // (B, P, M)
      String product = graph.node("Mul", of, prefixes.embedding()); // (B, P, M)
      String in = graph.node("Concat", Map.of("axis", 2), product, both); // (B, P, 2M)
      String inner = graph.contributed("Gelu", layers.times(in, SequenceParameters.inner(level)));
      String outer = layers.times(inner, SequenceParameters.outer(level)); // (B, P, M)
      of = layers.norm(SequenceParameters.norm(level), graph.node("Add", both, outer));
    }
    return graph.node(
        "Add",
        layers.times(of, SequenceParameters.head(level)),
        layers.weight(SequenceParameters.headBias(level)));
  }

  /** What is true where a child exists, and masked elsewhere. */
  private String existing(String exists, String x) {
    return graph.node("Where", exists, x, graph.scalar(SafeMath.MASKED));
  }

  private String flat(String x) {
    return graph.node("Reshape", x, list(0, -1));
  }
}
