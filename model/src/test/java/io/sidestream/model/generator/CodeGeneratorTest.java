package io.sidestream.model.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.fixtures.TinyEncoder;
import io.sidestream.model.fixtures.TinyGenerator;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeGeneratorTest {
  private static final int WIDTH = 12;
  private static final int DIMENSIONS = 6;
  private static final int VOCABULARY = 40;
  private static final double TOLERANCE = 1e-4;
  private static final GeneratorShape SHAPE = TinyGenerator.shape(WIDTH, DIMENSIONS, VOCABULARY);
  private static final TinyGenerator REFERENCE = new TinyGenerator(SHAPE, 7);

  @TempDir static Path directory;
  private static CodeGenerator generator;

  @BeforeAll
  static void open() throws IOException {
    Path graph = directory.resolve("generator.onnx");
    REFERENCE.write(graph);
    generator = CodeGenerator.open(graph, SHAPE, OnnxSessions.cpu(1));
  }

  @AfterAll
  static void close() {
    generator.close();
  }

  @Test
  void generate_everyPrefixFits_equalsExhaustiveEnumeration() {
    Random random = seeded("generate_everyPrefixFits_equalsExhaustiveEnumeration");
    for (int round = 0; round < 30; round++) {
      CodeTrie trie = trie(1 + random.nextInt(100), random);
      GeneratorPrompt prompt = prompt(random);
      int beams = WIDTH + random.nextInt(40); // as many as there are prefixes, at least
      assertBeams(exhaustive(prompt, trie, beams), generator.generate(prompt, trie, beams));
    }
  }

  @Test
  void generate_fewBeams_equalsBeamSearchByHand() {
    Random random = seeded("generate_fewBeams_equalsBeamSearchByHand");
    for (int round = 0; round < 30; round++) {
      CodeTrie trie = trie(60, random);
      GeneratorPrompt prompt = prompt(random);
      int beams = 1 + random.nextInt(WIDTH);
      assertBeams(beamSearch(prompt, trie, beams), generator.generate(prompt, trie, beams));
    }
  }

  @Tag("S2")
  @Test
  void generate_anyTrie_writesOnlyIdsThatExistEachOnce() {
    Random random = seeded("generate_anyTrie_writesOnlyIdsThatExistEachOnce");
    for (int size : new int[] {1, 2, 5, 40}) {
      CodeTrie trie = trie(size, random);
      List<Beam> beams = generator.generate(prompt(random), trie, CodeGenerator.MAX_BEAMS);
      assertEquals(trie.size(), beams.stream().mapToInt(Beam::leaf).distinct().count());
      assertTrue(beams.stream().allMatch(b -> b.leaf() >= 0 && b.leaf() < trie.size()));
      assertTrue(beams.stream().allMatch(b -> b.logProbability() <= 0));
    }
  }

  @Test
  void generate_emptyTrie_writesNothing() {
    CodeTrie none = CodeTrie.of(SHAPE.codebook(), List.of());
    assertEquals(List.of(), generator.generate(prompt(new Random(1)), none, 5));
  }

  @Test
  void generate_promptOrTrieOfAnotherShape_isRefused() {
    Random random = new Random(1);
    CodeTrie trie = trie(5, random);
    GeneratorPrompt good = prompt(random);
    CodeTrie other = CodeTrie.of(new CodebookShape(2, WIDTH + 1), List.of());
    assertRefused(good, other, 5);
    assertRefused(new GeneratorPrompt(good.tokens(), new float[DIMENSIONS + 1]), trie, 5);
    assertRefused(new GeneratorPrompt(new int[] {VOCABULARY}, good.vector()), trie, 5);
    assertRefused(new GeneratorPrompt(new int[0], good.vector()), trie, 5);
    assertRefused(new GeneratorPrompt(new int[SHAPE.maxTokens() + 1], good.vector()), trie, 5);
    assertRefused(good, trie, 0);
    assertRefused(good, trie, CodeGenerator.MAX_BEAMS + 1);
  }

  private static void assertRefused(GeneratorPrompt prompt, CodeTrie trie, int beams) {
    assertThrows(IllegalArgumentException.class, () -> generator.generate(prompt, trie, beams));
  }

  @Test
  void open_graphOfAnotherKind_saysWhatWasExpected() throws IOException {
    Path graph = directory.resolve("encoder.onnx");
    TinyEncoder.write(graph, 4, 1);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> CodeGenerator.open(graph, SHAPE, OnnxSessions.cpu(1)));
    assertEquals(
        "encoder.onnx: inputs are [attention_mask, input_ids], expected [beams, prompt_vector,"
            + " tokens, trie_0, trie_1]",
        e.getMessage());
  }

  @Test
  void open_graphOfAnotherShape_saysBothLengths() {
    assertOpenFails(
        TinyGenerator.shape(WIDTH, DIMENSIONS + 1, VOCABULARY),
        "generator.onnx: prompt_vector takes 6 numbers, expected 7");
    assertOpenFails(
        TinyGenerator.shape(WIDTH + 1, DIMENSIONS, VOCABULARY),
        "generator.onnx: trie_0 takes 12 numbers, expected 13");
  }

  private static void assertOpenFails(GeneratorShape shape, String message) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                CodeGenerator.open(
                    directory.resolve("generator.onnx"), shape, OnnxSessions.cpu(1)));
    assertEquals(message, e.getMessage());
  }

  private static List<Beam> exhaustive(GeneratorPrompt prompt, CodeTrie trie, int beams) {
    return IntStream.range(0, trie.size())
        .mapToObj(leaf -> new Beam(leaf, REFERENCE.logProbability(prompt, trie.codes(leaf))))
        .sorted(Comparator.comparingDouble(beam -> -beam.logProbability()))
        .limit(beams)
        .toList();
  }

  private static List<Beam> beamSearch(GeneratorPrompt prompt, CodeTrie trie, int beams) {
    // log p(prefix) = logsumexp over all second codes, whether they exist or not.
    Map<Integer, Double> prefixes = new HashMap<>();
    for (int first : trie.children(new int[0])) {
      double sum = 0;
      for (int second = 0; second < WIDTH; second++) {
        sum += Math.exp(REFERENCE.logProbability(prompt, new int[] {first, second}));
      }
      prefixes.put(first, Math.log(sum));
    }
    int kept = Math.min(beams, trie.size());
    List<Integer> best =
        prefixes.keySet().stream()
            .sorted(Comparator.comparingDouble(first -> -prefixes.get(first)))
            .limit(kept)
            .toList();
    return exhaustive(prompt, trie, trie.size()).stream()
        .filter(beam -> best.contains(trie.codes(beam.leaf())[0]))
        .limit(kept)
        .toList();
  }

  private static void assertBeams(List<Beam> expected, List<Beam> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).leaf(), found.get(i).leaf(), "beam " + i);
      assertEquals(expected.get(i).logProbability(), found.get(i).logProbability(), TOLERANCE);
    }
  }

  private static CodeTrie trie(int ids, Random random) {
    List<int[]> codes = new ArrayList<>();
    for (int i = 0; i < ids; i++) {
      codes.add(random.ints(2, 0, WIDTH).toArray());
    }
    return CodeTrie.of(SHAPE.codebook(), codes);
  }

  private static GeneratorPrompt prompt(Random random) {
    float[] vector = new float[DIMENSIONS];
    for (int d = 0; d < DIMENSIONS; d++) {
      vector[d] = (float) random.nextGaussian();
    }
    int[] tokens = random.ints(1 + random.nextInt(SHAPE.maxTokens()), 0, VOCABULARY).toArray();
    return new GeneratorPrompt(tokens, Vectors.normalize(vector));
  }

  private static Random seeded(String test) {
    long seed = System.nanoTime();
    System.out.println(test + " seed " + seed);
    return new Random(seed);
  }
}
