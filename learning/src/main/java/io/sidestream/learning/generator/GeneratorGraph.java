package io.sidestream.learning.generator;

import static io.sidestream.learning.transformer.T5Shape.DECODER;
import static io.sidestream.learning.transformer.T5Shape.ENCODER;

import io.sidestream.learning.tensor.NamedWeights;
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
 * Writes the graph that answers prompts in one call: encoder, then level by level all beams of all
 * prompts at once, each going on only where the trie goes on.
 *
 * <p>Letters: B prompts, S tokens, T = S + 1 positions, D vector dimensions, M model dimensions, H
 * heads, P beams of a prompt so far, K codes, t codes written so far with the start.
 */
public final class GeneratorGraph {
  /*
   * Keys and values of a prompt are computed once per layer; its beams are rows of the query, so
   * they share them. A beam's own keys and values grow by one position per level and follow the
   * beam by Gather when beams are chosen. Of P * K scores `beams` are chosen for each prompt. Where
   * its part of the trie has fewer, masked ones fill up: they come after all others by 1e9, lead to
   * masked ones again, and are dropped by who reads the answer. Between levels beams are put in the
   * order of their nodes, which is that of their codes: TopK takes the lower position on a tie, and
   * so the lower code.
   *
   * Prompts are as long as the longest, and what is beyond a prompt's length is masked: its
   * probability is exactly 0, so a prompt's answer does not depend on the others.
   */
  private final GraphPlan plan;
  private final GeneratorShape shape;
  private final RelativeBuckets buckets;
  private final NamedWeights parameters;
  private final OnnxGraph graph = new OnnxGraph("generator");
  private final String tokens; // (B, S)
  private final String lengths; // (B)
  private final String vectors; // (B, D)
  private final String prompts; // B, shape (1)
  private final OnnxLayers layers;

  /** Beams at one level: their last codes' embeddings, nodes, scores, and pasts. */
  private record Beams(String x, String nodes, String scores, List<Optional<Past>> past) {}

  /** Keys and values of the beams before they were chosen, and which of those each goes on. */
  private record Past(OnnxLayers.Memory memory, String parents) {}

  /** What beams attend to: a memory per layer, and which positions are there, (B, 1, 1, T). */
  private record Encoded(List<OnnxLayers.Memory> memories, String mask) {}

  private GeneratorGraph(GraphPlan plan, NamedWeights parameters) {
    this.plan = plan;
    this.shape = plan.shape();
    this.buckets = plan.stacks().buckets();
    this.parameters = parameters;
    tokens = graph.input("tokens", OnnxGraph.INT64, "B", "S");
    lengths = graph.input("lengths", OnnxGraph.INT64, "B");
    vectors = graph.input("prompt_vector", OnnxGraph.FLOAT, "B", shape.vectorDimensions());
    prompts = graph.node("Shape", lengths);
    layers = new OnnxLayers(graph, parameters, plan.stacks(), prompts);
  }

  /** The graph of a generator that is trained from scratch. */
  static OnnxGraph of(GeneratorShape shape, NamedWeights parameters) {
    return of(GraphPlan.fromScratch(shape), parameters);
  }

  /**
   * The graph of a plan.
   *
   * @param parameters its weights, matrices as [in, out]
   */
  public static OnnxGraph of(GraphPlan plan, NamedWeights parameters) {
    GeneratorGraph writer = new GeneratorGraph(plan, parameters);
    writer.write();
    return writer.graph;
  }

  private void write() {
    String wanted = graph.input("beams", OnnxGraph.INT64);
    List<String> tries = new ArrayList<>();
    for (int level = 0; level < levels(); level++) {
      tries.add(graph.input("trie_" + level, OnnxGraph.INT32, "nodes_" + level, width()));
    }
    Encoded encoded = encode();
    Beams beams = start();
    for (int level = 0; level < levels(); level++) {
      beams = advance(level, beams, encoded, tries.get(level), wanted);
    }
    String leaves = graph.node("Cast", Map.of("to", OnnxGraph.INT64.getNumber()), beams.nodes());
    graph.output("leaves", OnnxGraph.INT64, leaves, "B", "P");
    graph.output("log_probabilities", OnnxGraph.FLOAT, beams.scores(), "B", "P");
  }

  private int levels() {
    return shape.codebook().levels();
  }

  private int width() {
    return shape.codebook().width();
  }

  private Encoded encode() {
    String padded = embedded(); // (B, T, M)
    String count = graph.node("Gather", graph.node("Shape", padded), graph.whole(1)); // ()
    String at = graph.node("Range", graph.whole(0), count, graph.whole(1)); // (T)
    String mask = mask(at); // (B, 1, 1, T)
    String bias = graph.node("Add", encoderBias(at), mask); // (B, H, T, T)
    String x = rows(padded); // (B T, M)
    for (int i = 0; i < plan.stacks().encoderLayers(); i++) {
      x = layers.selfAttention(ENCODER, i, x, bias);
      x = layers.feedForward(ENCODER, i, x);
    }
    return new Encoded(memories(layers.norm(T5Shape.finalNorm(ENCODER), x)), mask);
  }

  /** Shape (B, T, M). */
  private String embedded() {
    String read = graph.node("Gather", layers.weight(GeneratorParameters.TOKENS), tokens);
    if (!plan.vectors()) {
      return read;
    }
    String first = layers.times(vectors, GeneratorParameters.VECTOR); // (B, M)
    return graph.node(
        "Concat", Map.of("axis", 1), graph.node("Unsqueeze", first, graph.list(1)), read);
  }

  /** Any number of axes before the last (…, M) as rows. */
  private String rows(String x) {
    return graph.node("Reshape", x, graph.list(-1, shape.modelDimensions()));
  }

  /** 0 at the vector's position 0 and at a prompt's tokens, and masked after them. */
  private String mask(String at) {
    String last = graph.node("Unsqueeze", lengths, graph.list(1, 2, 3)); // (B, 1, 1, 1)
    String beyond =
        graph.node(plan.vectors() ? "Greater" : "GreaterOrEqual", at, last); // (B, 1, 1, T)
    return graph.node("Where", beyond, graph.scalar(SafeMath.MASKED), graph.scalar(0));
  }

  /** Shape (H, T, T). */
  private String encoderBias(String at) {
    String keys = graph.node("Unsqueeze", at, graph.list(0)); // (1, T)
    String queries = graph.node("Unsqueeze", at, graph.list(1)); // (T, 1)
    String distance =
        graph.node(
            "Clip",
            graph.node("Sub", keys, queries),
            graph.whole(-buckets.maxDistance()),
            graph.whole(buckets.maxDistance()));
    String row = graph.node("Add", distance, graph.whole(buckets.maxDistance())); // (T, T)
    String bias = graph.node("Gather", distanceTable(), row); // (T, T, H)
    return graph.node("Transpose", Map.of("perm", new long[] {2, 0, 1}), bias);
  }

  /** The bias of each distance from the farthest before on, (2 * farthest + 1, H). */
  private String distanceTable() {
    float[] biases = parameters.floats(T5Shape.positions(ENCODER));
    int heads = plan.stacks().heads();
    int farthest = buckets.maxDistance();
    float[] table = new float[(2 * farthest + 1) * heads];
    for (int row = 0; row <= 2 * farthest; row++) {
      int bucket = buckets.both(row - farthest);
      System.arraycopy(biases, bucket * heads, table, row * heads, heads);
    }
    return graph.weight("encoder.distances", table, 2 * farthest + 1, heads);
  }

  private List<OnnxLayers.Memory> memories(String encoded) {
    List<OnnxLayers.Memory> memories = new ArrayList<>();
    for (int i = 0; i < plan.stacks().decoderLayers(); i++) {
      memories.add(layers.memory(T5Shape.attention(DECODER, i, 1), encoded));
    }
    return memories;
  }

  private Beams start() {
    String x = layers.weight(GeneratorParameters.START); // (1, M)
    String one = graph.node("Concat", Map.of("axis", 0), prompts, graph.list(1));
    List<Optional<Past>> past = new ArrayList<>();
    for (int i = 0; i < plan.stacks().decoderLayers(); i++) {
      past.add(Optional.empty());
    }
    return new Beams(
        graph.node("Expand", x, one), // (B, M)
        graph.node("Expand", graph.whole(0), one), // (B, 1)
        graph.node("Expand", graph.scalar(0), one), // (B, 1)
        past);
  }

  private Beams advance(int level, Beams beams, Encoded encoded, String trie, String wanted) {
    List<OnnxLayers.Memory> own = new ArrayList<>();
    String children = graph.node("Gather", trie, beams.nodes()); // (B, P, K)
    String exists = graph.node("GreaterOrEqual", children, graph.whole32(0)); // (B, P, K)
    String log = logProbabilities(level, beams, encoded, exists, own); // (B, P, K)
    String before = graph.node("Unsqueeze", beams.scores(), graph.list(2)); // (B, P, 1)
    String total = flat(existing(exists, graph.node("Add", log, before))); // (B, P K)
    String count = count(total, wanted); // P'
    List<String> best = graph.nodes("TopK", 2, Map.of("axis", 1), total, count); // (B, P')
    String nodes = elements(flat(children), best.get(1)); // (B, P')
    return level == levels() - 1
        ? new Beams("", nodes, best.get(0), List.of())
        : chosen(level, nodes, best.get(0), best.get(1), count, own, beams.nodes());
  }

  /** What is true where a child exists, and masked elsewhere. */
  private String existing(String exists, String x) {
    return graph.node("Where", exists, x, graph.scalar(SafeMath.MASKED));
  }

  private String logProbabilities(
      int level, Beams beams, Encoded encoded, String exists, List<OnnxLayers.Memory> own) {
    String bias = decoderBias(level + 1);
    String x = beams.x(); // (B P, M)
    for (int i = 0; i < plan.stacks().decoderLayers(); i++) {
      String self = T5Shape.attention(DECODER, i, 0);
      String normed = layers.norm(T5Shape.norm(DECODER, i, 0), x);
      own.add(layers.extended(self, normed, beams.past().get(i).map(this::followed)));
      x = layers.beamAttention(self, x, normed, own.get(i), bias, level + 1);
      x = layers.crossAttention(DECODER, i, x, encoded.memories().get(i), encoded.mask());
      x = layers.feedForward(DECODER, i, x);
    }
    String head = level(GeneratorParameters.HEADS, level, shape.modelDimensions());
    String normed = layers.norm(T5Shape.finalNorm(DECODER), x);
    String decoded = split(graph.node("MatMul", normed, head), width()); // (B, P, K)
    return plan.normalizer() == GraphPlan.Normalizer.TRIE
        ? graph.node(
            "LogSoftmax",
            Map.of("axis", -1),
            existing(exists, plan.vectors() ? withCentroids(level, decoded) : decoded))
        : graph.node("Sub", decoded, logSum(normed));
  }

  /** The log of the whole vocabulary's sum of exponentials, for rows (B P, M): (B, P, 1). */
  private String logSum(String normed) {
    String all = layers.times(normed, GraphPlan.VOCABULARY_HEAD); // (B P, V)
    return split(
        graph.node("ReduceLogSumExp", Map.of("axes", new long[] {-1}, "keepdims", 1), all), 1);
  }

  private String withCentroids(int level, String decoded) {
    String centroids =
        level(GeneratorParameters.CENTROID_LOGITS, level, shape.vectorDimensions()); // (D, K)
    String ofVector = split(graph.node("MatMul", vectors, centroids), width()); // (B, 1, K)
    return graph.node("Add", decoded, ofVector); // (B, P, K)
  }

  /** Rows of all prompts (B P, columns) by prompt: (B, P, columns). */
  private String split(String rows, long columns) {
    String shape = graph.node("Concat", Map.of("axis", 0), prompts, graph.list(-1, columns));
    return graph.node("Reshape", rows, shape);
  }

  private OnnxLayers.Memory followed(Past past) {
    return new OnnxLayers.Memory(
        graph.node("Gather", past.memory().keys(), past.parents()),
        graph.node("Gather", past.memory().values(), past.parents())); // (B P, t - 1, M)
  }

  /** The bias of a level's beam towards its codes, shape (1, H, 1, t). */
  private String decoderBias(int codes) {
    float[] biases = parameters.floats(T5Shape.positions(DECODER));
    int heads = plan.stacks().heads();
    float[] bias = new float[heads * codes];
    for (int key = 0; key < codes; key++) {
      int bucket = buckets.causal(key - (codes - 1));
      for (int head = 0; head < heads; head++) {
        bias[head * codes + key] = biases[bucket * heads + head];
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

  /** Beams and their codes (B, P, K) as one axis: (B, P K). */
  private String flat(String x) {
    return graph.node("Reshape", x, graph.list(0, -1));
  }

  private String elements(String x, String places) {
    return graph.node("GatherElements", Map.of("axis", 1), x, places);
  }

  /** How many beams of each prompt go on: those wanted, at most as many as scores. Shape (1). */
  private String count(String total, String wanted) {
    String scores = graph.node("Gather", graph.node("Shape", total), graph.list(1)); // (1)
    return graph.node("Min", scores, wanted);
  }

  private Beams chosen(
      int level,
      String nodes,
      String scores,
      String places,
      String count,
      List<OnnxLayers.Memory> own,
      String before) {
    List<String> ordered =
        graph.nodes("TopK", 2, Map.of("axis", 1, "largest", 0), nodes, count); // (B, P')
    String order = ordered.get(1);
    String place = elements(places, order); // (B, P')
    String parents = graph.node("Div", place, graph.whole(width()));
    String code = graph.node("Mod", place, graph.whole(width()));
    String token =
        graph.node("Add", code, graph.whole(GeneratorParameters.codeToken(shape, level, 0)));
    String x = graph.node("Gather", layers.weight(GeneratorParameters.TOKENS), token);
    String rows =
        graph.node("Reshape", graph.node("Add", parents, firstRows(before)), graph.list(-1));
    List<Optional<Past>> past = new ArrayList<>();
    own.forEach(memory -> past.add(Optional.of(new Past(memory, rows))));
    return new Beams(rows(x), ordered.get(0), elements(scores, order), past);
  }

  /** The first row of each prompt among beams with nodes (B, P), shape (B, 1). */
  private String firstRows(String nodes) {
    String beams = graph.node("Gather", graph.node("Shape", nodes), graph.whole(1)); // P
    String count = graph.node("Squeeze", prompts); // ()
    String prompt = graph.node("Range", graph.whole(0), count, graph.whole(1)); // (B)
    return graph.node("Unsqueeze", graph.node("Mul", prompt, beams), graph.list(1));
  }
}
