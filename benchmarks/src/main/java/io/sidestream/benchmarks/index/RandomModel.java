package io.sidestream.benchmarks.index;

import io.sidestream.learning.generator.OnnxGraph;
import io.sidestream.learning.generator.SeededGenerator;
import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.generator.GeneratorVocabulary;
import io.sidestream.model.generator.PromptTokens;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.model.ranking.Neighbours;
import io.sidestream.model.ranking.PromptEncoder;
import io.sidestream.model.ranking.Retriever;
import io.sidestream.model.resources.CloseableStack;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.text.TextTokenizer;
import io.sidestream.model.vectors.Matrix;
import io.sidestream.model.vectors.Towers;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.ItemNeighbours;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model of the default shape with random weights: what answers cost does not depend on them. Its
 * text encoder is one that costs nothing, for recommendations do not use it.
 */
public final class RandomModel implements AutoCloseable {
  private static final int HISTORY_ITEMS = 20;
  private static final int BEAMS = 60;

  /** Of each source, as the default profile has. */
  public static final int CANDIDATES = 200;

  private static final int NEIGHBOURS = 200;
  private static final long TOTAL = 5_000_000; // of the transitions to an item
  private static final long STEP = 7_919; // from an item to the next that follows it
  private static final int FLOAT_TYPE = 1; // as ONNX numbers it
  private static final int MODEL_DIMENSIONS = 128;
  private static final String TOKENIZER =
      """
      {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
       "pre_tokenizer":{"type":"Whitespace"},"post_processor":null,"decoder":null,
       "model":{"type":"WordLevel","vocab":{"[UNK]":0},"unk_token":"[UNK]"}}\
      """;

  private final CloseableStack opened = new CloseableStack();
  private final PromptEncoder prompts;
  private final CodeGenerator generator;

  public RandomModel(Path directory, int dimensions, long seed) throws IOException {
    Files.createDirectories(directory);
    OnnxSessions sessions = OnnxSessions.cpu(1);
    GeneratorVocabulary vocabulary = new GeneratorVocabulary(new int[0], LargeCatalogue.SHAPE);
    GeneratorShape shape =
        new GeneratorShape(
            LargeCatalogue.SHAPE,
            vocabulary.size(),
            dimensions,
            MODEL_DIMENSIONS,
            2,
            4,
            2 * MODEL_DIMENSIONS,
            2 * HISTORY_ITEMS + 2);
    Path graph = directory.resolve("generator.onnx");
    SeededGenerator.of(shape, seed).export(graph);
    generator = opened.add(CodeGenerator.open(graph, shape, sessions));
    TextTokenizer tokenizer =
        opened.add(TextTokenizer.of(TOKENIZER.getBytes(StandardCharsets.UTF_8), shape.maxTokens()));
    Path text = directory.resolve("encoder.onnx");
    writeEncoder(text);
    TextEncoder encoder = opened.add(TextEncoder.open(text, tokenizer, sessions));
    prompts =
        new PromptEncoder(
            encoder::encode,
            towers(dimensions, encoder.dimensions()),
            new PromptTokens(vocabulary, tokenizer, shape.maxTokens()),
            HISTORY_ITEMS);
  }

  /** Two numbers for a text: the sums of its tokens and of its mask. */
  private static void writeEncoder(Path file) throws IOException {
    OnnxGraph graph = new OnnxGraph("encoder");
    String ids = graph.input("input_ids", OnnxGraph.INT64, "B", "S");
    String mask = graph.input("attention_mask", OnnxGraph.INT64, "B", "S");
    Map<String, Object> toFloat = Map.of("to", FLOAT_TYPE);
    String sums =
        graph.node(
            "Concat",
            Map.of("axis", 1),
            graph.node("ReduceSum", graph.node("Cast", toFloat, ids), graph.list(1)),
            graph.node("ReduceSum", graph.node("Cast", toFloat, mask), graph.list(1)));
    graph.output("text_vector", OnnxGraph.FLOAT, sums, "B", 2);
    graph.write(file);
  }

  private static Towers towers(int dimensions, int textDimensions) {
    float[] unity = new float[dimensions * dimensions];
    for (int d = 0; d < dimensions; d++) {
      unity[d * dimensions + d] = 1;
    }
    Matrix text = new Matrix(dimensions, textDimensions, new float[dimensions * textDimensions]);
    Matrix history = new Matrix(dimensions, dimensions, unity);
    return new Towers(text, text, text, history, HISTORY_ITEMS, 0.8);
  }

  /**
   * Answers from catalogues of a number of items.
   *
   * @param histories whose items are each followed by {@value #NEIGHBOURS} others
   */
  Retriever retriever(int items, List<List<ItemId>> histories) {
    return retriever(items, histories, 1, CANDIDATES);
  }

  /**
   * The same with another weight of the generator and other candidates.
   *
   * @param candidates of each source
   */
  public Retriever retriever(
      int items, List<List<ItemId>> histories, double generatorWeight, int candidates) {
    Map<ItemId, ItemNeighbours> followers = new HashMap<>();
    histories.forEach(
        history -> history.forEach(item -> followers.computeIfAbsent(item, i -> of(i, items))));
    return new Retriever(
        prompts,
        generator,
        QueryLog.of(items, List.of()),
        ItemTexts.none(items),
        new Followers(followers),
        new Manifest.Ranking(
            RankingWeights.DEFAULT,
            RankingWeights.DEFAULT
                .with(RankingFeature.QUERY_LOG, 0)
                .with(RankingFeature.TRANSITIONS, 1)
                .with(RankingFeature.GENERATOR, generatorWeight),
            BEAMS,
            candidates,
            HISTORY_ITEMS));
  }

  /** The vector that a history is searched by. */
  float[] vector(List<ItemId> history, Catalogue catalogue) {
    return prompts.recommendation(history, catalogue).vector();
  }

  private static ItemNeighbours of(ItemId item, int items) {
    int number = Integer.parseInt(item.value().substring(1));
    Map<ItemId, Long> counts = new HashMap<>();
    for (int i = 1; i <= NEIGHBOURS; i++) {
      counts.put(LargeCatalogue.id((int) ((number + STEP * i) % items)), TOTAL / (2L * i));
    }
    return new ItemNeighbours(TOTAL * NEIGHBOURS, TOTAL, ItemNeighbours.best(counts, NEIGHBOURS));
  }

  private record Followers(Map<ItemId, ItemNeighbours> known) implements Neighbours {
    @Override
    public ItemNeighbours of(ItemId item) {
      return known.getOrDefault(item, ItemNeighbours.NONE);
    }

    @Override
    public long incoming(ItemId item) {
      return TOTAL;
    }
  }

  @Override
  public void close() {
    opened.close();
  }
}
