package io.sidestream.learning.pretrained;

import io.sidestream.learning.generator.OnnxGraph;
import io.sidestream.learning.tensor.NamedWeights;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.transformer.RelativeBuckets;
import io.sidestream.learning.transformer.TextModel;
import io.sidestream.learning.transformer.TextTransformerShape;
import java.util.Map;

/**
 * Writes a text encoder as a graph, from tokens and their mask to unit vectors.
 *
 * <p>Letters: B texts, S tokens of the longest, E dimensions, H heads, D dimensions of a head.
 */
final class TextEncoderGraph {
  private static final RelativeBuckets BUCKETS = RelativeBuckets.DEFAULT;

  private final TextTransformerShape shape;
  private final SentenceModules modules;
  private final NamedWeights parameters;
  private final OnnxGraph graph = new OnnxGraph("encoder");
  private final String tokens = graph.input("input_ids", OnnxGraph.INT64, "B", "S");
  private final String mask = graph.input("attention_mask", OnnxGraph.INT64, "B", "S");

  private TextEncoderGraph(
      TextTransformerShape shape, SentenceModules modules, NamedWeights parameters) {
    this.shape = shape;
    this.modules = modules;
    this.parameters = parameters;
  }

  /**
   * @param shape with matrices as [out, in]
   */
  static OnnxGraph of(
      TextTransformerShape shape, SentenceModules modules, NamedWeights parameters) {
    TextEncoderGraph writer = new TextEncoderGraph(shape, modules, parameters);
    writer.write();
    return writer.graph;
  }

  private void write() {
    String present =
        graph.node(
            "Unsqueeze",
            graph.node("Cast", Map.of("to", OnnxGraph.FLOAT.getNumber()), mask),
            graph.list(2)); // (B, S, 1)
    String length = graph.node("Gather", graph.node("Shape", tokens), graph.whole(1)); // ()
    String at = graph.node("Range", graph.whole(0), length, graph.whole(1)); // (S)
    String bias = bias(at, present);
    String x = embedded(at); // (B, S, E)
    for (int layer = 0; layer < shape.layers(); layer++) {
      x = layer(x, bias, layer);
    }
    String vectors = modules.vectors(graph, parameters, x, present);
    graph.output("text_vector", OnnxGraph.FLOAT, vectors, "B", modules.dimensions());
  }

  private String embedded(String at) {
    String words = graph.node("Gather", table(TextModel.WORDS), tokens); // (B, S, E)
    String places = graph.node("Add", at, graph.whole(shape.model().firstPosition()));
    String positions = graph.node("Gather", table(TextModel.POSITIONS), places); // (S, E)
    String sum = graph.node("Add", words, positions);
    if (shape.types() > 0) {
      sum = graph.node("Add", sum, graph.node("Gather", table(TextModel.TYPES), graph.whole(0)));
    }
    return norm(TextModel.FIRST_NORM, sum);
  }

  /** Added to attention scores, (B, 1, 1, S), or with relative positions (B, H, S, S). */
  private String bias(String at, String present) {
    String absent = graph.node("Sub", present, graph.scalar(1)); // (B, S, 1), -1 where absent
    String column = graph.node("Mul", absent, graph.scalar(-SafeMath.MASKED));
    String row = graph.node("Transpose", Map.of("perm", new long[] {0, 2, 1}), column);
    String masked = graph.node("Unsqueeze", row, graph.list(1)); // (B, 1, 1, S)
    return shape.model() == TextModel.MPNET ? graph.node("Add", distances(at), masked) : masked;
  }

  /** Shape (H, S, S). */
  private String distances(String at) {
    int farthest = BUCKETS.maxDistance();
    String keys = graph.node("Unsqueeze", at, graph.list(0)); // (1, S)
    String queries = graph.node("Unsqueeze", at, graph.list(1)); // (S, 1)
    String distance =
        graph.node(
            "Clip",
            graph.node("Sub", keys, queries),
            graph.whole(-farthest),
            graph.whole(farthest));
    String row = graph.node("Add", distance, graph.whole(farthest)); // (S, S)
    String bias = graph.node("Gather", distanceTable(farthest), row); // (S, S, H)
    return graph.node("Transpose", Map.of("perm", new long[] {2, 0, 1}), bias);
  }

  private String distanceTable(int farthest) {
    float[] biases = parameters.floats(TextModel.DISTANCES);
    int heads = shape.heads();
    float[] table = new float[(2 * farthest + 1) * heads];
    for (int row = 0; row <= 2 * farthest; row++) {
      int bucket = BUCKETS.both(row - farthest);
      System.arraycopy(biases, bucket * heads, table, row * heads, heads);
    }
    return graph.weight("encoder.distances", table, 2 * farthest + 1, heads);
  }

  private String layer(String x, String bias, int layer) {
    TextModel model = shape.model();
    String queries = perHead(linear(model.projection(layer, 0), x), 0, 2, 1, 3); // (B, H, S, D)
    String keys = perHead(linear(model.projection(layer, 1), x), 0, 2, 3, 1); // (B, H, D, S)
    String values = perHead(linear(model.projection(layer, 2), x), 0, 2, 1, 3); // (B, H, S, D)
    double divisor = Math.sqrt((double) shape.dimensions() / shape.heads());
    String scores =
        graph.node("Div", graph.node("MatMul", queries, keys), graph.scalar((float) divisor));
    String probabilities =
        graph.node("Softmax", Map.of("axis", -1), graph.node("Add", scores, bias));
    String seen =
        graph.node(
            "Transpose",
            Map.of("perm", new long[] {0, 2, 1, 3}),
            graph.node("MatMul", probabilities, values)); // (B, S, H, D)
    String joined = graph.node("Reshape", seen, graph.list(0, 0, shape.dimensions()));
    String attended = linear(model.projection(layer, 3), joined); // (B, S, E)
    String y = norm(model.attentionNorm(layer), graph.node("Add", attended, x));
    String inner = graph.contributed("Gelu", linear(TextModel.inner(layer), y)); // (B, S, I)
    String outer = linear(TextModel.outer(layer), inner); // (B, S, E)
    return norm(TextModel.outerNorm(layer), graph.node("Add", outer, y));
  }

  private String perHead(String x, long... order) {
    int ofHead = shape.dimensions() / shape.heads();
    String split = graph.node("Reshape", x, graph.list(0, 0, shape.heads(), ofHead));
    return graph.node("Transpose", Map.of("perm", order), split);
  }

  private String linear(String name, String x) {
    String weight = name + ".weight";
    long[] lies = parameters.shape(weight); // [out, in]
    float[] matrix = T5GraphWeights.transposed(parameters.floats(weight), (int) lies[1]);
    String product = graph.node("MatMul", x, graph.weight(weight, matrix, lies[1], lies[0]));
    return graph.node("Add", product, table(name + ".bias"));
  }

  private String norm(String name, String x) {
    return graph.node(
        "LayerNormalization",
        Map.of("axis", -1, "epsilon", (float) shape.epsilon()),
        x,
        table(name + ".weight"),
        table(name + ".bias"));
  }

  private String table(String name) {
    return graph.weight(name, parameters.floats(name), parameters.shape(name));
  }
}
