package io.sidestream.learning.generator;

import io.sidestream.learning.tensor.NamedWeights;
import io.sidestream.learning.transformer.T5;
import io.sidestream.learning.transformer.T5Shape;
import java.util.Map;
import java.util.Optional;

/**
 * The layers of {@link T5} as nodes of a graph. Rows are positions or beams, as many for each
 * prompt, one prompt after the other.
 *
 * <p>Letters: B prompts, N rows of a prompt, T positions of a prompt, P beams of a prompt, t codes
 * written so far with the start, M model dimensions, H heads, E dimensions of a head.
 */
public final class OnnxLayers {
  /** Keys and values that queries attend to. */
  public record Memory(String keys, String values) {}

  private final OnnxGraph graph;
  private final NamedWeights parameters;
  private final String perPrompt; // (B, -1, H, E) as a list
  private final T5Shape shape;
  private final int heads;
  private final int headDimensions;

  /**
   * @param prompts how many there are, int64 (1)
   */
  public OnnxLayers(OnnxGraph graph, NamedWeights parameters, T5Shape shape, String prompts) {
    this.graph = graph;
    this.parameters = parameters;
    this.shape = shape;
    this.heads = shape.heads();
    this.headDimensions = shape.headDimensions();
    this.perPrompt =
        graph.node("Concat", Map.of("axis", 0), prompts, graph.list(-1, heads, headDimensions));
  }

  public String weight(String name) {
    return graph.weight(name, parameters.floats(name), parameters.shape(name));
  }

  /** x · a weight. */
  public String times(String x, String weight) {
    return graph.node("MatMul", x, weight(weight));
  }

  /** x (B N, M) over the root of its mean square. */
  public String norm(String name, String x) {
    String square = graph.node("Mul", x, x);
    String mean = graph.node("ReduceMean", Map.of("axes", new long[] {-1}, "keepdims", 1), square);
    String shifted = graph.node("Add", mean, graph.scalar((float) shape.epsilon()));
    String unit = graph.node("Div", x, graph.node("Sqrt", shifted));
    return graph.node("Mul", unit, weight(name));
  }

  /** x (B N, M) through the feed-forward network. */
  public String feedForward(String stack, int layer, String x) {
    String normed = norm(T5Shape.norm(stack, layer, T5Shape.feedForwardPart(stack)), x);
    String name = T5Shape.feedForward(stack, layer);
    return graph.node("Add", x, times(inner(normed, name), name + ".wo.weight"));
  }

  private String inner(String normed, String name) {
    if (!shape.feedForward().gated()) {
      return graph.node("Relu", times(normed, name + ".wi.weight"));
    }
    boolean exact = shape.feedForward() == T5Shape.FeedForward.GATED_GELU;
    String gate =
        graph.contributed(exact ? "Gelu" : "FastGelu", times(normed, name + ".wi_0.weight"));
    return graph.node("Mul", gate, times(normed, name + ".wi_1.weight"));
  }

  /** x (B T, M) attends to itself under a bias (B, H, T, T). */
  public String selfAttention(String stack, int layer, String x, String bias) {
    String normed = norm(T5Shape.norm(stack, layer, 0), x);
    String name = T5Shape.attention(stack, layer, 0);
    Memory memory = memory(name, normed);
    String scores = graph.node("MatMul", queries(name, normed), memory.keys()); // (B, H, T, T)
    return attended(name, x, graph.node("Add", scores, bias), memory);
  }

  /** What rows of prompts (B T, M) offer: keys (B, H, E, T) and values (B, H, T, E). */
  Memory memory(String name, String rows) {
    return new Memory(
        perHead(times(rows, name + ".k.weight"), 0, 2, 3, 1),
        perHead(times(rows, name + ".v.weight"), 0, 2, 1, 3));
  }

  /** x (B N, M), whose rows attend to the memory of their prompt under a mask (B, 1, 1, T). */
  String crossAttention(String stack, int layer, String x, Memory memory, String mask) {
    String name = T5Shape.attention(stack, layer, 1);
    String queries = queries(name, norm(T5Shape.norm(stack, layer, 1), x)); // (B, H, N, E)
    String scores = graph.node("MatMul", queries, memory.keys()); // (B, H, N, T)
    return attended(name, x, graph.node("Add", scores, mask), memory);
  }

  private String queries(String name, String normed) {
    return perHead(times(normed, name + ".q.weight"), 0, 2, 1, 3); // (B, H, N, E)
  }

  private String perHead(String x, long... order) {
    String split = graph.node("Reshape", x, perPrompt); // (B, N, H, E)
    return graph.node("Transpose", Map.of("perm", order), split);
  }

  private String attended(String name, String x, String scores, Memory memory) {
    String seen = graph.node("MatMul", softmax(scores), memory.values()); // (B, H, N, E)
    return out(name, x, graph.node("Transpose", Map.of("perm", new long[] {0, 2, 1, 3}), seen));
  }

  private String softmax(String scores) {
    return graph.node("Softmax", Map.of("axis", -1), scores);
  }

  private String out(String name, String x, String heads) {
    String joined = graph.node("Reshape", heads, graph.list(-1, ofHeads())); // (B N, H E)
    return graph.node("Add", x, times(joined, name + ".o.weight"));
  }

  /** Dimensions of all heads together. */
  private int ofHeads() {
    return heads * headDimensions;
  }

  /** What beams with normed rows (B P, M) offer to themselves, after the past (B P, t - 1, M). */
  Memory extended(String name, String normed, Optional<Memory> past) {
    String key = graph.node("Unsqueeze", times(normed, name + ".k.weight"), graph.list(1));
    String value = graph.node("Unsqueeze", times(normed, name + ".v.weight"), graph.list(1));
    return past.map(before -> new Memory(after(before.keys(), key), after(before.values(), value)))
        .orElse(new Memory(key, value)); // (B P, t, M)
  }

  private String after(String past, String now) {
    return graph.node("Concat", Map.of("axis", 1), past, now);
  }

  /** Beams x (B P, M), each attending to its own t codes under a bias (1, H, 1, t). */
  String beamAttention(String name, String x, String normed, Memory own, String bias, int codes) {
    String query =
        graph.node(
            "Reshape", times(normed, name + ".q.weight"), graph.list(-1, heads, 1, headDimensions));
    String keys = perBeam(own.keys(), codes, 0, 2, 3, 1); // (B P, H, E, t)
    String values = perBeam(own.values(), codes, 0, 2, 1, 3); // (B P, H, t, E)
    String scores = graph.node("Add", graph.node("MatMul", query, keys), bias); // (B P, H, 1, t)
    return out(name, x, graph.node("MatMul", softmax(scores), values));
  }

  private String perBeam(String rows, int codes, long... order) {
    String split = graph.node("Reshape", rows, graph.list(-1, codes, heads, headDimensions));
    return graph.node("Transpose", Map.of("perm", order), split);
  }
}
