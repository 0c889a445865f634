package io.sidestream.learning.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.decoding.GroupBeamSearch.NextLogits;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedGeneratorTest {
  private static final CodebookShape CODEBOOK = new CodebookShape(2, 4);
  private static final PretrainedGenerator.Settings SETTINGS =
      new PretrainedGenerator.Settings(500, 500, 8, 1e-2, 0.01, 24);
  private static final List<String> WORDS = List.of("film", "heist", "dream", "rain");
  private static final CodeTrie TRIE =
      CodeTrie.of(
          CODEBOOK,
          List.of(
              new int[] {0, 1},
              new int[] {1, 0},
              new int[] {1, 3},
              new int[] {2, 2},
              new int[] {3, 0},
              new int[] {3, 1}));
  @TempDir static Path folder;
  private static PretrainedGenerator generator;

  @BeforeAll
  static void train() throws IOException {
    generator = trained(SETTINGS, 7);
  }

  @AfterAll
  static void close() {
    generator.close();
  }

  private static PretrainedGenerator trained(PretrainedGenerator.Settings settings, long seed)
      throws IOException {
    List<TextExample> examples = new ArrayList<>();
    for (int i = 0; i < WORDS.size(); i++) {
      examples.add(new TextExample(TextPrompt.search(WORDS.get(i)), TRIE.codes(i)));
      int[] before = TRIE.codes((i + 1) % 4);
      examples.add(new TextExample(TextPrompt.recommend(List.of(before, before)), TRIE.codes(i)));
    }
    return PretrainedGenerator.train(
        Golden.path("t5-gated"), CODEBOOK, examples, settings, seed, TrainingProgress.NONE);
  }

  @Test
  void generate_afterTraining_answersWhatItLearned() {
    int right = 0;
    for (int i = 0; i < WORDS.size(); i++) {
      TextPrompt prompt = TextPrompt.search(WORDS.get(i));
      int[] best = generator.generate(prompt, TRIE, new Decoding.Exact(1)).get(0).codes();
      right += Arrays.equals(best, TRIE.codes(i)) ? 1 : 0;
    }
    assertTrue(right >= 3, right + " of 4, loss " + generator.loss());
  }

  @Test
  void generate_exactly_givesAllIdsOnceAndProbabilitiesSumToOne() {
    List<GeneratedId> ids =
        generator.generate(TextPrompt.search("rain"), TRIE, new Decoding.Exact(50));

    assertEquals(TRIE.size(), ids.size());
    assertEquals(
        TRIE.size(), ids.stream().map(id -> Arrays.toString(id.codes())).distinct().count());
    assertEquals(1, ids.stream().mapToDouble(id -> Math.exp(id.logProbability())).sum(), 1e-5);
    assertEquals(
        ids, ids.stream().sorted(Comparator.comparing(id -> -id.logProbability())).toList());
  }

  @Test
  void generate_groups_constrainedOrNot_giveIdsOfTheTrieOnce() {
    for (boolean constrained : new boolean[] {true, false}) {
      List<GeneratedId> ids =
          generator.generate(
              TextPrompt.search("dream"), TRIE, new Decoding.Groups(12, 6, 0.25, constrained));
      assertTrue(!ids.isEmpty(), "constrained " + constrained);
      assertEquals(
          ids.size(), ids.stream().map(id -> Arrays.toString(id.codes())).distinct().count());
      ids.forEach(id -> assertTrue(TRIE.leaf(id.codes()) != CodeTrie.ABSENT));
      for (int i = 1; i < ids.size(); i++) {
        assertTrue(ids.get(i).score() <= ids.get(i - 1).score());
      }
    }
  }

  @Test
  void generate_published_answers() {
    TextPrompt prompt = TextPrompt.recommend(List.of(TRIE.codes(1)));
    assertTrue(!generator.generate(prompt, TRIE, Decoding.PUBLISHED).isEmpty());
  }

  @Test
  void train_sameSeed_givesTheSameGenerator() throws IOException {
    PretrainedGenerator.Settings brief = new PretrainedGenerator.Settings(3, 5, 4, 1e-2, 0.01, 24);
    try (PretrainedGenerator one = trained(brief, 3);
        PretrainedGenerator two = trained(brief, 3);
        PretrainedGenerator other = trained(brief, 4)) {
      assertEquals(one.loss(), two.loss());
      assertTrue(one.loss() != other.loss());
      assertEquals(
          one.generate(TextPrompt.search("rain"), TRIE, new Decoding.Exact(1)).get(0).score(),
          two.generate(TextPrompt.search("rain"), TRIE, new Decoding.Exact(1)).get(0).score());
    }
  }

  @Test
  void losses_afterTraining_endAtTheLossOfTheLastEpoch() throws IOException {
    PretrainedGenerator.Settings brief = new PretrainedGenerator.Settings(3, 5, 8, 1e-2, 0.01, 24);
    try (PretrainedGenerator one = trained(brief, 3)) {
      assertEquals(3, one.losses().points().size());
      assertEquals(one.loss(), one.losses().last());
    }
  }

  @Test
  void requireSupported_goldenFolders_areAndAnEncoderIsNot() throws IOException {
    PretrainedGenerator.requireSupported(Golden.path("t5-gated"));
    PretrainedGenerator.requireSupported(Golden.path("t5-relu"));
    Path encoder = Golden.path("mpnet");
    assertThrows(HuggingFaceException.class, () -> PretrainedGenerator.requireSupported(encoder));
  }

  @Test
  void generate_trieOfAnotherShape_isRefused() {
    CodeTrie other = CodeTrie.of(new CodebookShape(2, 5), List.of(new int[] {0, 1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> generator.generate(TextPrompt.search("a"), other, new Decoding.Exact(1)));
  }

  @Test
  void find_randomTries_agreesWithLookingAtEveryId() {
    long seed = System.nanoTime();
    System.out.println("find_randomTries_agreesWithLookingAtEveryId seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      CodebookShape shape = new CodebookShape(1 + random.nextInt(3), 2 + random.nextInt(90));
      List<int[]> all = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(400); i++) {
        all.add(random.ints(shape.levels(), 0, shape.width()).toArray());
      }
      CodeTrie trie = CodeTrie.of(shape, all);
      IdTokens tokens = new IdTokens(shape, 5);
      NextLogits model = madeUp(5 + tokens.count(), random.nextInt());
      double[] expected = new double[trie.size()];
      for (int leaf = 0; leaf < expected.length; leaf++) {
        expected[leaf] = logProbability(trie, tokens, model, trie.codes(leaf));
      }
      int asked = 1 + random.nextInt(50);
      List<GeneratedId> found = new BestFirstDecoder(trie, tokens, model).find(asked);
      double[] sorted = Arrays.stream(expected).map(log -> -log).sorted().toArray();
      assertEquals(Math.min(asked, trie.size()), found.size());
      for (int i = 0; i < found.size(); i++) {
        assertEquals(-sorted[i], found.get(i).logProbability(), 1e-9);
        int leaf = trie.leaf(found.get(i).codes());
        assertEquals(expected[leaf], found.get(i).logProbability(), 1e-9);
      }
    }
  }

  private static NextLogits madeUp(int vocabulary, int salt) {
    return prefixes -> {
      float[][] logits = new float[prefixes.size()][vocabulary];
      for (int row = 0; row < logits.length; row++) {
        Random random = new Random(Arrays.hashCode(prefixes.get(row)) * 31L + salt);
        for (int token = 0; token < vocabulary; token++) {
          logits[row][token] = (float) random.nextGaussian() * 3;
        }
      }
      return logits;
    };
  }

  private static double logProbability(
      CodeTrie trie, IdTokens tokens, NextLogits model, int[] codes) {
    double sum = 0;
    for (int level = 0; level < codes.length; level++) {
      int[] prefix = Arrays.copyOf(codes, level);
      float[] logits = model.after(List.of(Arrays.copyOf(tokens.tokens(codes), level)))[0];
      double all = 0;
      for (int code : trie.children(prefix)) {
        all += Math.exp(logits[tokens.token(level, code)]);
      }
      sum += logits[tokens.token(level, codes[level])] - Math.log(all);
    }
    return sum;
  }

  @Test
  void codes_ofTokens_areReadBackAndOthersAreNone() {
    IdTokens tokens = new IdTokens(new CodebookShape(3, 5), 100);
    assertArrayEquals(new int[] {100, 109, 112}, tokens.tokens(new int[] {0, 4, 2}));
    assertArrayEquals(new int[] {0, 4}, tokens.codes(new int[] {100, 109}).orElseThrow());
    assertTrue(tokens.codes(new int[] {105}).isEmpty());
    assertTrue(tokens.codes(new int[] {99}).isEmpty());
    assertTrue(tokens.codes(new int[] {100, 105, 110, 111}).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> tokens.token(0, 5));
  }

  @Test
  void limits_ofWhatMayBeAsked_areKept() {
    new Decoding.Exact(Decoding.MAX_IDS);
    assertThrows(IllegalArgumentException.class, () -> new Decoding.Exact(Decoding.MAX_IDS + 1));
    assertThrows(IllegalArgumentException.class, () -> new Decoding.Groups(1_001, 1, 0.25, true));
    int most = PretrainedGenerator.Settings.MAX_TOKENS;
    new PretrainedGenerator.Settings(1, 1, 1, 1, 0, most);
    assertThrows(
        IllegalArgumentException.class,
        () -> new PretrainedGenerator.Settings(1, 1, 1, 1, 0, most + 1));
  }
}
