package io.sidestream.learning.generator;

import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.transformer.T5;
import io.sidestream.learning.transformer.T5Shape;
import io.sidestream.model.generator.GeneratorShape;
import java.util.Map;
import java.util.Optional;

/**
 * The layers of {@link T5} as nodes of a graph, without a batch: rows are positions or beams.
 *
 * <p>Letters: N rows, T positions of the prompt, P beams, t codes written so far with the start, M
 * model dimensions, H heads, E dimensions of a head.
 */
final class OnnxLayers {
  /** Keys and values that queries attend to. */
  record Memory(String keys, String values) {}

  private final OnnxGraph graph;
  private final Parameters parameters;
  private final int heads;
  private final int headDimensions;
  private final double epsilon;

  OnnxLayers(OnnxGraph graph, Parameters parameters, GeneratorShape shape) {
    this.graph = graph;
    this.parameters = parameters;
    this.heads = shape.heads();
    this.headDimensions = shape.headDimensions();
    this.epsilon = GeneratorParameters.stacks(shape).epsilon();
  }

  String weight(String name) {
    return graph.weight(name, parameters.floats(name), parameters.shape(name));
  }

  /** x · a weight. */
  String times(String x, String weight) {
    return graph.node("MatMul", x, weight(weight));
  }

  /** x (N, M) over the root of its mean square. */
  String norm(String name, String x) {
    String square = graph.node("Mul", x, x);
    String mean = graph.node("ReduceMean", Map.of("axes", new long[] {-1}, "keepdims", 1), square);
    String shifted = graph.node("Add", mean, graph.scalar((float) epsilon));
    String unit = graph.node("Div", x, graph.node("Sqrt", shifted));
    return graph.node("Mul", unit, weight(name));
  }

  /** x (N, M) through the gated feed-forward network. */
  String feedForward(String stack, int layer, String x) {
    String normed = norm(T5Shape.norm(stack, layer, T5Shape.feedForwardPart(stack)), x);
    String name = T5Shape.feedForward(stack, layer);
    String gate = graph.contributed("Gelu", times(normed, name + ".wi_0.weight"));
    String inner = graph.node("Mul", gate, times(normed, name + ".wi_1.weight"));
    return graph.node("Add", x, times(inner, name + ".wo.weight"));
  }

  /** x (T, M) attends to itself under a bias (H, T, T). */
  String selfAttention(String stack, int layer, String x, String bias) {
    String normed = norm(T5Shape.norm(stack, layer, 0), x);
    String name = T5Shape.attention(stack, layer, 0);
    Memory memory = memory(name, normed);
    String scores = graph.node("MatMul", queries(name, normed), memory.keys()); // (H, T, T)
    return attended(name, x, graph.node("Add", scores, bias), memory);
  }

  /** What rows of a prompt (T, M) offer: keys (H, E, T) and values (H, T, E). */
  Memory memory(String name, String rows) {
    return new Memory(
        perHead(times(rows, name + ".k.weight"), 1, 2, 0),
        perHead(times(rows, name + ".v.weight"), 1, 0, 2));
  }

  /** x (N, M), all of whose rows attend to one memory. */
  String crossAttention(String stack, int layer, String x, Memory memory) {
    String name = T5Shape.attention(stack, layer, 1);
    String queries = queries(name, norm(T5Shape.norm(stack, layer, 1), x)); // (H, N, E)
    return attended(name, x, graph.node("MatMul", queries, memory.keys()), memory);
  }

  private String queries(String name, String normed) {
    return perHead(times(normed, name + ".q.weight"), 1, 0, 2); // (H, N, E)
  }

  private String perHead(String x, long... order) {
    String split = graph.node("Reshape", x, graph.list(-1, heads, headDimensions)); // (N, H, E)
    return graph.node("Transpose", Map.of("perm", order), split);
  }

  private String attended(String name, String x, String scores, Memory memory) {
    String seen = graph.node("MatMul", softmax(scores), memory.values()); // (H, N, E)
    return out(name, x, graph.node("Transpose", Map.of("perm", new long[] {1, 0, 2}), seen));
  }

  private String softmax(String scores) {
    return graph.node("Softmax", Map.of("axis", -1), scores);
  }

  private String out(String name, String x, String heads) {
    String joined = graph.node("Reshape", heads, graph.list(-1, model())); // (N, M)
    return graph.node("Add", x, times(joined, name + ".o.weight"));
  }

  private int model() {
    return heads * headDimensions;
  }

  /** What beams with normed rows (P, M) offer to themselves, after the past (P, t - 1, M). */
  Memory extended(String name, String normed, Optional<Memory> past) {
    String key = graph.node("Unsqueeze", times(normed, name + ".k.weight"), graph.list(1));
    String value = graph.node("Unsqueeze", times(normed, name + ".v.weight"), graph.list(1));
    return past.map(before -> new Memory(after(before.keys(), key), after(before.values(), value)))
        .orElse(new Memory(key, value)); // (P, t, M)
  }

  private String after(String past, String now) {
    return graph.node("Concat", Map.of("axis", 1), past, now);
  }

  /** Beams x (P, M), each attending to its own t codes under a bias (1, H, 1, t). */
  String beamAttention(String name, String x, String normed, Memory own, String bias, int codes) {
    String query =
        graph.node(
            "Reshape", times(normed, name + ".q.weight"), graph.list(-1, heads, 1, headDimensions));
    String keys = perBeam(own.keys(), codes, 0, 2, 3, 1); // (P, H, E, t)
    String values = perBeam(own.values(), codes, 0, 2, 1, 3); // (P, H, t, E)
    String scores = graph.node("Add", graph.node("MatMul", query, keys), bias); // (P, H, 1, t)
    return out(name, x, graph.node("MatMul", softmax(scores), values));
  }

  private String perBeam(String rows, int codes, long... order) {
    String split = graph.node("Reshape", rows, graph.list(-1, codes, heads, headDimensions));
    return graph.node("Transpose", Map.of("perm", order), split);
  }
}
