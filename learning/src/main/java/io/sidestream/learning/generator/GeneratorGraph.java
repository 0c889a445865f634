package io.sidestream.learning.generator;

import static io.sidestream.learning.transformer.T5Shape.DECODER;
import static io.sidestream.learning.transformer.T5Shape.ENCODER;

import io.sidestream.learning.tensor.Parameters;
import io.sidestream.learning.tensor.SafeMath;
import io.sidestream.learning.transformer.RelativeBuckets;
import io.sidestream.learning.transformer.T5Shape;
import io.sidestream.model.generator.GeneratorShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the graph that answers a whole request in one call: encoder, then level by level all beams
 * at once, each going on only where the trie goes on.
 *
 * <p>Letters: S tokens, T = S + 1 positions, D vector dimensions, M model dimensions, H heads, P
 * beams so far, K codes, t codes written so far with the start.
 */
final class GeneratorGraph {
  /*
   * Keys and values of the prompt are computed once per layer; beams are rows of the query, so they
   * share them. A beam's own keys and values grow by one position per level and follow the beam by
   * Gather when beams are chosen. Of P * K scores as many are chosen as there are children in the
   * trie, at most `beams`: a masked one is never among them. Between levels beams are put in the
   * order of their nodes, which is that of their codes: TopK takes the lower position on a tie, and
   * so the lower code.
   */
  private static final int FARTHEST = RelativeBuckets.DEFAULT.maxDistance();

  private final GeneratorShape shape;
  private final Parameters parameters;
  private final OnnxGraph graph = new OnnxGraph("generator");
  private final OnnxLayers layers;
  private String vector; // (1, D)

  /** Beams at one level: their last code's embedding, place in the trie, score, and past. */
  private record Beams(String x, String nodes, String scores, List<Optional<Past>> past) {}

  /** Keys and values of the beams before they were chosen, and which of those each goes on. */
  private record Past(OnnxLayers.Memory memory, String parents) {}

  @SuppressWarnings("NullAway.Init") // write() sets the vector first
  private GeneratorGraph(GeneratorShape shape, Parameters parameters) {
    this.shape = shape;
    this.parameters = parameters;
    this.layers = new OnnxLayers(graph, parameters, shape);
  }

  static OnnxGraph of(GeneratorShape shape, Parameters parameters) {
    GeneratorGraph writer = new GeneratorGraph(shape, parameters);
    writer.write();
    return writer.graph;
  }

  private void write() {
    String tokens = graph.input("tokens", OnnxGraph.INT64, "S");
    String given = graph.input("prompt_vector", OnnxGraph.FLOAT, shape.vectorDimensions());
    vector = graph.node("Unsqueeze", given, graph.list(0)); // (1, D)
    String wanted = graph.input("beams", OnnxGraph.INT64);
    List<String> tries = new ArrayList<>();
    for (int level = 0; level < levels(); level++) {
      tries.add(graph.input("trie_" + level, OnnxGraph.INT32, "nodes_" + level, width()));
    }
    List<OnnxLayers.Memory> prompt = promptMemories(encode(prompt(tokens)));
    Beams beams = start();
    for (int level = 0; level < levels(); level++) {
      beams = advance(level, beams, prompt, tries.get(level), wanted);
    }
    String leaves = graph.node("Cast", Map.of("to", OnnxGraph.INT64.getNumber()), beams.nodes());
    graph.output("leaves", OnnxGraph.INT64, leaves, "B");
    graph.output("log_probabilities", OnnxGraph.FLOAT, beams.scores(), "B");
  }

  private int levels() {
    return shape.codebook().levels();
  }

  private int width() {
    return shape.codebook().width();
  }

  private String prompt(String tokens) {
    String first = layers.times(vector, GeneratorParameters.VECTOR); // (1, M)
    String table = layers.weight(GeneratorParameters.TOKENS);
    return graph.node("Concat", Map.of("axis", 0), first, graph.node("Gather", table, tokens));
  }

  private String encode(String x) {
    String bias = encoderBias(x); // (H, T, T)
    for (int i = 0; i < shape.layers(); i++) {
      x = layers.selfAttention(ENCODER, i, x, bias);
      x = layers.feedForward(ENCODER, i, x);
    }
    return layers.norm(T5Shape.finalNorm(ENCODER), x); // (T, M)
  }

  private String encoderBias(String x) {
    String count = graph.node("Gather", graph.node("Shape", x), graph.whole(0)); // ()
    String at = graph.node("Range", graph.whole(0), count, graph.whole(1)); // (T)
    String keys = graph.node("Unsqueeze", at, graph.list(0)); // (1, T)
    String queries = graph.node("Unsqueeze", at, graph.list(1)); // (T, 1)
    String distance =
        graph.node(
            "Clip",
            graph.node("Sub", keys, queries),
            graph.whole(-FARTHEST),
            graph.whole(FARTHEST));
    String row = graph.node("Add", distance, graph.whole(FARTHEST)); // (T, T)
    String bias = graph.node("Gather", distanceTable(), row); // (T, T, H)
    return graph.node("Transpose", Map.of("perm", new long[] {2, 0, 1}), bias);
  }

  /** The bias of each distance from -FARTHEST on, shape (2 * FARTHEST + 1, H). */
  private String distanceTable() {
    float[] buckets = parameters.floats(T5Shape.positions(ENCODER));
    int heads = shape.heads();
    float[] table = new float[(2 * FARTHEST + 1) * heads];
    for (int row = 0; row <= 2 * FARTHEST; row++) {
      int bucket = RelativeBuckets.DEFAULT.both(row - FARTHEST);
      System.arraycopy(buckets, bucket * heads, table, row * heads, heads);
    }
    return graph.weight("encoder.distances", table, 2 * FARTHEST + 1, heads);
  }

  private List<OnnxLayers.Memory> promptMemories(String encoded) {
    List<OnnxLayers.Memory> memories = new ArrayList<>();
    for (int i = 0; i < shape.layers(); i++) {
      memories.add(layers.memory(T5Shape.attention(DECODER, i, 1), encoded));
    }
    return memories;
  }

  private Beams start() {
    String score = graph.weight("start.score", new float[] {0}, 1);
    List<Optional<Past>> past = new ArrayList<>();
    for (int i = 0; i < shape.layers(); i++) {
      past.add(Optional.empty());
    }
    return new Beams(layers.weight(GeneratorParameters.START), graph.list(0), score, past);
  }

  private Beams advance(
      int level, Beams beams, List<OnnxLayers.Memory> prompt, String trie, String wanted) {
    List<OnnxLayers.Memory> own = new ArrayList<>();
    String children = graph.node("Gather", trie, beams.nodes()); // (P, K)
    String exists = graph.node("GreaterOrEqual", children, graph.whole32(0)); // (P, K)
    String log = logProbabilities(level, beams, prompt, exists, own); // (P, K)
    String before = graph.node("Unsqueeze", beams.scores(), graph.list(1)); // (P, 1)
    String total = existing(exists, graph.node("Add", log, before)); // (P, K)
    List<String> best =
        graph.nodes("TopK", 2, Map.of("axis", 0), flat(total), count(exists, wanted)); // (P')
    String nodes = graph.node("Gather", flat(children), best.get(1)); // (P')
    return level == levels() - 1
        ? new Beams("", nodes, best.get(0), List.of())
        : chosen(level, nodes, best.get(0), best.get(1), own);
  }

  /** What is true where a child exists, and masked elsewhere. */
  private String existing(String exists, String x) {
    return graph.node("Where", exists, x, graph.scalar(SafeMath.MASKED));
  }

  private String logProbabilities(
      int level,
      Beams beams,
      List<OnnxLayers.Memory> prompt,
      String exists,
      List<OnnxLayers.Memory> own) {
    String bias = decoderBias(level + 1);
    String x = beams.x(); // (P, M)
    for (int i = 0; i < shape.layers(); i++) {
      String self = T5Shape.attention(DECODER, i, 0);
      String normed = layers.norm(T5Shape.norm(DECODER, i, 0), x);
      own.add(layers.extended(self, normed, beams.past().get(i).map(this::followed)));
      x = layers.beamAttention(self, x, normed, own.get(i), bias, level + 1);
      x = layers.crossAttention(DECODER, i, x, prompt.get(i));
      x = layers.feedForward(DECODER, i, x);
    }
    String head = level(GeneratorParameters.HEADS, level, shape.modelDimensions());
    String normed = layers.norm(T5Shape.finalNorm(DECODER), x);
    String decoded = graph.node("MatMul", normed, head); // (P, K)
    String centroids =
        level(GeneratorParameters.CENTROID_LOGITS, level, shape.vectorDimensions()); // (D, K)
    String ofVector = graph.node("MatMul", vector, centroids); // (1, K)
    String logits = graph.node("Add", decoded, ofVector); // (P, K)
    return graph.node("LogSoftmax", Map.of("axis", -1), existing(exists, logits));
  }

  private OnnxLayers.Memory followed(Past past) {
    return new OnnxLayers.Memory(
        graph.node("Gather", past.memory().keys(), past.parents()),
        graph.node("Gather", past.memory().values(), past.parents())); // (P, t - 1, M)
  }

  /** The bias of a level's beam towards its codes, shape (1, H, 1, t). */
  private String decoderBias(int codes) {
    float[] buckets = parameters.floats(T5Shape.positions(DECODER));
    int heads = shape.heads();
    float[] bias = new float[heads * codes];
    for (int key = 0; key < codes; key++) {
      int bucket = RelativeBuckets.DEFAULT.causal(key - (codes - 1));
      for (int head = 0; head < heads; head++) {
        bias[head * codes + key] = buckets[bucket * heads + head];
      }
    }
    return graph.weight("decoder.bias." + codes, bias, 1, heads, 1, codes);
  }

  /** One level of a weight of shape (L, rows, K). */
  private String level(String name, int level, int rows) {
    float[] levels = parameters.floats(name);
    int size = rows * width();
    float[] one = Arrays.copyOfRange(levels, level * size, (level + 1) * size);
    return graph.weight(name + "." + level, one, rows, width());
  }

  private String flat(String x) {
    return graph.node("Reshape", x, graph.list(-1));
  }

  /** How many beams go on: those that can, at most those wanted. Shape (1). */
  private String count(String exists, String wanted) {
    String ones = graph.node("Cast", Map.of("to", OnnxGraph.INT64.getNumber()), exists);
    String available = graph.node("ReduceSum", Map.of("keepdims", 0), ones); // ()
    return graph.node("Reshape", graph.node("Min", available, wanted), graph.list(1));
  }

  private Beams chosen(
      int level, String nodes, String scores, String places, List<OnnxLayers.Memory> own) {
    List<String> ordered =
        graph.nodes("TopK", 2, Map.of("axis", 0, "largest", 0), nodes, graph.node("Shape", nodes));
    String order = ordered.get(1);
    String place = graph.node("Gather", places, order);
    String parents = graph.node("Div", place, graph.whole(width()));
    String code = graph.node("Mod", place, graph.whole(width()));
    String token =
        graph.node("Add", code, graph.whole(GeneratorParameters.codeToken(shape, level, 0)));
    String x = graph.node("Gather", layers.weight(GeneratorParameters.TOKENS), token); // (P', M)
    List<Optional<Past>> past = new ArrayList<>();
    own.forEach(memory -> past.add(Optional.of(new Past(memory, parents))));
    return new Beams(x, ordered.get(0), graph.node("Gather", scores, order), past);
  }
}
