package io.sidestream.learning.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import io.sidestream.learning.generator.GeneratorGraph;
import io.sidestream.learning.generator.GraphPlan;
import io.sidestream.learning.tensor.Parameters;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.onnx.Device;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.text.TextEncoder;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs of folders, on ONNX Runtime, beside what transformers computes of the same folders. */
class ServedParityTest {
  private static final float TOLERANCE = 1e-4f;
  private static final int MAX_TOKENS = 20;

  @TempDir Path root;

  @Tag("case-03")
  @ParameterizedTest
  @CsvSource({
    "t5-gated, t5-gated",
    "t5-relu, t5-relu",
    "served/t5-resaved, t5-resaved",
    "served/t5-ties, t5-ties",
    "served/t5-unscaled, t5-unscaled"
  })
  void generate_goldenPrompts_givesOrderAndScoresOfTransformers(String folder, String name)
      throws Exception {
    JsonNode expected = Golden.json("served/generators.json").get(name);
    List<int[]> codes = new ArrayList<>();
    expected.get("codes").forEach(id -> codes.add(Golden.ints(id)));
    CodebookShape codebook =
        new CodebookShape(expected.get("levels").asInt(), expected.get("width").asInt());
    for (GraphPlan.Normalizer normalizer : GraphPlan.Normalizer.values()) {
      try (CodeGenerator generator = generator(Golden.path(folder), codebook, normalizer)) {
        List<GeneratorPrompt> prompts = new ArrayList<>();
        expected
            .get("prompts")
            .forEach(
                one ->
                    prompts.add(new GeneratorPrompt(Golden.ints(one.get("prompt")), new float[3])));
        List<List<Beam>> answers =
            generator.generate(prompts, CodeTrie.of(codebook, codes), CodeGenerator.MAX_BEAMS);
        for (int i = 0; i < prompts.size(); i++) {
          String key = normalizer == GraphPlan.Normalizer.TRIE ? "trie" : "vocabulary";
          float[] scores = Golden.floats(expected.get("prompts").get(i).get(key));
          assertSame(answers.get(i), codes, scores, name + " " + normalizer + " " + i);
        }
      }
    }
  }

  /** Leaves are in the order of codes; what ties within rounding may come in either order. */
  private static void assertSame(List<Beam> found, List<int[]> codes, float[] scores, String what) {
    Integer[] best = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    List<Integer> leaves =
        IntStream.range(0, codes.size())
            .boxed()
            .sorted(Comparator.comparing(codes::get, Arrays::compare))
            .toList();
    Arrays.sort(best, Comparator.comparingDouble(id -> -scores[id]));
    assertEquals(scores.length, found.size(), what);
    for (int rank = 0; rank < best.length; rank++) {
      int id = leaves.get(found.get(rank).leaf());
      assertEquals(scores[best[rank]], scores[id], TOLERANCE, what + " rank " + rank);
      assertEquals(scores[id], found.get(rank).logProbability(), TOLERANCE, what);
    }
  }

  @Test
  void generate_codesThatTie_comeInTheOrderOfTheirCodes() throws Exception {
    CodebookShape codebook = new CodebookShape(2, 12);
    List<int[]> tied =
        List.of(new int[] {3, 0}, new int[] {3, 1}, new int[] {5, 0}, new int[] {5, 1});
    CodeTrie trie = CodeTrie.of(codebook, tied);
    try (CodeGenerator generator =
        generator(Golden.path("served/t5-ties"), codebook, GraphPlan.Normalizer.TRIE)) {
      List<Beam> beams =
          generator.generate(new GeneratorPrompt(new int[] {17, 30, 1}, new float[3]), trie, 4);
      assertEquals(beams.get(0).logProbability(), beams.get(1).logProbability());
      assertEquals(beams.get(0).leaf() + 1, beams.get(1).leaf());
      assertEquals(beams.get(2).leaf() + 1, beams.get(3).leaf());
    }
  }

  private CodeGenerator generator(
      Path folder, CodebookShape codebook, GraphPlan.Normalizer normalizer) throws IOException {
    HuggingFaceFolder opened = HuggingFaceFolder.open(folder);
    T5Config config = T5Config.of(opened);
    IdTokens ids =
        new IdTokens(codebook, config.vocabulary() - codebook.levels() * codebook.width());
    try (Parameters parameters =
        T5Weights.read(opened, config, 0, Device.CPU, new SplittableRandom(1))) {
      T5GraphWeights weights = new T5GraphWeights(parameters, config, ids);
      GeneratorShape shape =
          new GeneratorShape(codebook, config.vocabulary(), 3, 16, 2, 4, 28, MAX_TOKENS);
      Path onnx = root.resolve("generator.onnx");
      GeneratorGraph.of(new GraphPlan(shape, weights.stacks(), false, normalizer), weights)
          .write(onnx);
      return CodeGenerator.open(onnx, shape, OnnxSessions.cpu(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert-cls", "bert-max", "mpnet-sqrt", "mpnet-dense"})
  void encode_everyModule_givesTheVectorsOfItsPooling(String name) throws Exception {
    JsonNode expected = Golden.json("served/encoders.json").get(name);
    Path onnx = root.resolve("encoder.onnx");
    try (PretrainedEncoder encoder = PretrainedEncoder.open(Golden.path("served/" + name))) {
      encoder.exportEncoder(onnx);
    }
    try (OrtSession session = OnnxSessions.cpu(1).open(onnx)) {
      long[][] tokens = new long[3][];
      float[][] vectors = new float[3][];
      for (int i = 0; i < 3; i++) {
        tokens[i] = Golden.longs(expected.get("tokens").get(i));
        vectors[i] = Golden.floats(expected.get("vectors").get(i));
      }
      float[][] together = run(session, tokens);
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(vectors[i], together[i], TOLERANCE, name + " in a batch");
        float[][] alone = run(session, new long[][] {tokens[i]});
        assertArrayEquals(vectors[i], alone[0], TOLERANCE, name + " alone");
      }
    }
  }

  private static float[][] run(OrtSession session, long[][] texts) throws Exception {
    int longest = Arrays.stream(texts).mapToInt(text -> text.length).max().orElseThrow();
    long[] ids = new long[texts.length * longest];
    long[] mask = new long[ids.length];
    for (int row = 0; row < texts.length; row++) {
      System.arraycopy(texts[row], 0, ids, row * longest, texts[row].length);
      Arrays.fill(mask, row * longest, row * longest + texts[row].length, 1);
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] axes = {texts.length, longest};
    try (OnnxTensor tokens = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), axes);
        OnnxTensor present = OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), axes);
        OrtSession.Result result =
            session.run(Map.of("input_ids", tokens, "attention_mask", present))) {
      return (float[][]) result.get(0).getValue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "served/mpnet-dense",
        "served/bert-max",
        "mpnet",
        "bert",
        "xlm-roberta",
        "bert-prompt"
      })
  void exportEncoder_anyFolder_givesTheVectorsOfTraining(String name) throws Exception {
    Path onnx = root.resolve("encoder.onnx");
    Path tokenizer = root.resolve("tokenizer.json");
    List<String> texts = List.of("a heist in the dream", "rain", "robots love </s> trains", "");
    try (PretrainedEncoder encoder = PretrainedEncoder.open(Golden.path(name))) {
      encoder.exportEncoder(onnx);
      encoder.exportTokenizer(tokenizer);
      float[][] trained = encoder.encode(texts);
      try (var pieces = TextTokenizer.open(tokenizer, encoder.maxTokens());
          var served = TextEncoder.open(onnx, pieces, OnnxSessions.cpu(1))) {
        assertEquals(encoder.dimensions(), served.dimensions());
        float[][] vectors = served.encode(texts);
        for (int i = 0; i < vectors.length; i++) {
          assertArrayEquals(trained[i], vectors[i], TOLERANCE, texts.get(i));
        }
      }
    }
  }

  @Test
  void requireFits_moreThanAGraphHolds_isRefused() {
    T5GraphWeights.requireFits(T5GraphWeights.MAX_BYTES);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> T5GraphWeights.requireFits(T5GraphWeights.MAX_BYTES + 1));
    assertTrue(refused.getMessage().endsWith("expected at most 2.1 GB"), refused.getMessage());
  }
}
