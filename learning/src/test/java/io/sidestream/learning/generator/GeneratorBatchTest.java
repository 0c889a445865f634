package io.sidestream.learning.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.Beam;
import io.sidestream.model.generator.CodeGenerator;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.GeneratorShape;
import io.sidestream.model.onnx.OnnxSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts together are answered as each of them alone. */
class GeneratorBatchTest {
  private static final double CLOSE = 1e-4;
  private static final GeneratorShape SHAPE = Fixture.shape(3, 16, 40);

  @TempDir static Path directory;
  private static CodeGenerator generator;

  @BeforeAll
  static void open() throws IOException {
    Path onnx = directory.resolve("generator.onnx");
    SeededGenerator.of(SHAPE, 500).export(onnx);
    generator = CodeGenerator.open(onnx, SHAPE, OnnxSessions.cpu(1));
  }

  @AfterAll
  static void close() {
    generator.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 33})
  void generate_promptsOfMixedLengths_areAnsweredAsOneByOne(int prompts) {
    for (long seed = 600; seed < 603; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int ids : new int[] {1, 5, 60, 900}) {
        CodeTrie trie = CodeTrie.of(SHAPE.codebook(), Fixture.ids(SHAPE, ids, random));
        for (int beams : new int[] {1, 10, 60}) {
          String label = "seed " + seed + ", " + ids + " ids, " + beams + " beams";
          assertAsOneByOne(mixed(prompts, random), trie, beams, label);
        }
      }
    }
  }

  /** Codes with one ID below them up to codes with many: beams that do not exist are masked. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20, 150})
  void generate_unevenTrie_isAnsweredAsOneByOne(int beams) {
    List<int[]> ids = new ArrayList<>();
    for (int first = 0; first < SHAPE.codebook().width(); first++) {
      for (int second = 0; second <= first; second++) {
        ids.add(new int[] {first, second, (first + second) % SHAPE.codebook().width()});
      }
    }
    CodeTrie trie = CodeTrie.of(SHAPE.codebook(), ids);
    List<GeneratorPrompt> prompts = mixed(40, new SplittableRandom(700));
    List<List<Beam>> found = assertAsOneByOne(prompts, trie, beams, beams + " beams");
    int expected = Math.min(beams, trie.size());
    assertTrue(found.stream().allMatch(each -> each.size() == expected));
  }

  @Test
  void generate_emptyTrie_writesNothingForEach() {
    CodeTrie none = CodeTrie.of(SHAPE.codebook(), List.of());
    List<GeneratorPrompt> prompts = mixed(3, new SplittableRandom(800));
    assertEquals(Collections.nCopies(3, List.of()), generator.generate(prompts, none, 5));
  }

  @Test
  void generate_tooFewOrTooManyPrompts_isRefused() {
    SplittableRandom random = new SplittableRandom(900);
    CodeTrie trie = CodeTrie.of(SHAPE.codebook(), Fixture.ids(SHAPE, 5, random));
    List<GeneratorPrompt> most = mixed(CodeGenerator.MAX_PROMPTS, random);
    assertEquals(most.size(), generator.generate(most, trie, 2).size());
    List<GeneratorPrompt> more = mixed(CodeGenerator.MAX_PROMPTS + 1, random);
    assertThrows(IllegalArgumentException.class, () -> generator.generate(more, trie, 2));
    assertThrows(IllegalArgumentException.class, () -> generator.generate(List.of(), trie, 2));
  }

  private static List<GeneratorPrompt> mixed(int count, SplittableRandom random) {
    return IntStream.range(0, count)
        .mapToObj(i -> Fixture.prompt(SHAPE, 1 + random.nextInt(SHAPE.maxTokens()), random))
        .toList();
  }

  private static List<List<Beam>> assertAsOneByOne(
      List<GeneratorPrompt> prompts, CodeTrie trie, int beams, String label) {
    List<List<Beam>> found = generator.generate(prompts, trie, beams);
    assertEquals(prompts.size(), found.size(), label);
    for (int i = 0; i < prompts.size(); i++) {
      List<Beam> expected = generator.generate(prompts.get(i), trie, beams);
      assertEquals(leaves(expected), leaves(found.get(i)), label);
      for (int rank = 0; rank < expected.size(); rank++) {
        assertEquals(
            expected.get(rank).logProbability(),
            found.get(i).get(rank).logProbability(),
            CLOSE,
            label);
      }
    }
    return found;
  }

  private static List<Integer> leaves(List<Beam> beams) {
    return beams.stream().map(Beam::leaf).toList();
  }
}
