package io.sidestream.learning.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.GeneratorPrompt;
import io.sidestream.model.generator.SequenceAnswer;
import io.sidestream.model.generator.SequenceGenerator;
import io.sidestream.model.generator.SequencePrompt;
import io.sidestream.model.generator.SequenceTables;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceGraphTest {
  private static final double PARITY = 1e-4;

  @TempDir Path folder;

  private SequenceGenerator export(Planted planted, SequenceWeights trained) throws IOException {
    Path onnx = folder.resolve("generator.onnx");
    trained.export(onnx);
    return SequenceGenerator.open(onnx, planted.shape, trained.tables(), OnnxSessions.cpu(1));
  }

  private static SequencePrompt history(Planted planted, SequenceTables tables, int... rows) {
    return SequencePrompt.history(
        Arrays.stream(rows).mapToObj(row -> tables.positions()[row]).toList(),
        Arrays.stream(rows).mapToObj(row -> planted.codes()[row]).toList(),
        planted.vocabulary);
  }

  private static SequencePrompt search(Planted planted, SequenceTables tables, int seed) {
    GeneratorPrompt read = planted.search(seed);
    return SequencePrompt.search(tables.queryOf(read.vector()), read.tokens(), planted.vocabulary);
  }

  /** log p of every item, as serving puts it together. Shape: [row]. */
  private static double[] ofItems(Planted planted, SequenceTables tables, SequenceAnswer answer) {
    return IntStream.range(0, Planted.ITEMS)
        .mapToDouble(
            row -> {
              int[] sharing = planted.items.sharing(row);
              double sum =
                  Arrays.stream(sharing)
                      .mapToDouble(other -> Math.exp(logit(tables, answer, other)))
                      .sum();
              int leaf = planted.items.trie().leaf(planted.codes()[row]);
              return answer.logId()[leaf] + logit(tables, answer, row) - Math.log(sum);
            })
        .toArray();
  }

  private static double logit(SequenceTables tables, SequenceAnswer answer, int row) {
    return Vectors.dot(tables.outputs()[row], answer.itemQuery()) + tables.biases()[row];
  }

  private static void assertSame(double[] found, float[] expected) {
    for (int row = 0; row < found.length; row++) {
      assertEquals(expected[row], found[row], PARITY, "row " + row);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "2, 4", "3, 3"})
  void answer_exportedGraph_isWhatTrainingComputes(int levels, int width) throws IOException {
    Planted planted = new Planted(levels, width);
    CodeTrie trie = planted.items.trie();
    try (SequenceWeights trained = planted.train(4, SequenceExamples.NONE);
        SequenceGenerator generator = export(planted, trained)) {
      SequenceTables tables = generator.tables();
      List<SequenceAnswer> answers =
          generator.answer(
              List.of(
                  history(planted, tables, 3, 4, 5, 9),
                  search(planted, tables, 6),
                  history(planted, tables, 2)),
              trie);
      assertSame(
          ofItems(planted, tables, answers.get(0)),
          trained.logProbabilities(Planted.rows(3, 4, 5, 9)));
      assertSame(
          ofItems(planted, tables, answers.get(1)), trained.logProbabilities(planted.search(6)));
      assertSame(
          ofItems(planted, tables, answers.get(2)), trained.logProbabilities(Planted.rows(2)));
    }
  }

  @Test
  void logShare_scoresFarFromZero_areNumbers() {
    assertEquals(0, SequenceWeights.logShare(1_000, new double[] {1_000}));
    assertEquals(0, SequenceWeights.logShare(-1_000, new double[] {-1_000}));
    assertEquals(-Math.log(2), SequenceWeights.logShare(900, new double[] {900, 900}), 1e-12);
    assertEquals(-50, SequenceWeights.logShare(-800, new double[] {-800, -750}), 1e-12);
  }

  @Test
  void answer_trieOfOtherItems_coversThem() throws IOException {
    Planted planted = new Planted(2, 4);
    CodeTrie two = CodeTrie.of(planted.codebook, List.of(new int[] {1, 2}, new int[] {3, 0}));
    try (SequenceWeights trained = planted.train(1, SequenceExamples.NONE);
        SequenceGenerator generator = export(planted, trained)) {
      double[] log = generator.answer(history(planted, generator.tables(), 1), two).logId();
      assertEquals(2, log.length);
      assertEquals(1, Math.exp(log[0]) + Math.exp(log[1]), PARITY);
      CodeTrie none = CodeTrie.of(planted.codebook, List.of());
      assertEquals(
          0, generator.answer(history(planted, generator.tables(), 1), none).logId().length);
    }
  }

  @Test
  void open_anotherShape_isRefused() throws IOException {
    Planted planted = new Planted(2, 4);
    Planted other = new Planted(3, 4);
    try (SequenceWeights trained = planted.train(1, SequenceExamples.NONE)) {
      Path onnx = folder.resolve("generator.onnx");
      trained.export(onnx);
      SequenceTables tables = trained.tables();
      assertThrows(
          IllegalArgumentException.class,
          () -> SequenceGenerator.open(onnx, other.shape, tables, OnnxSessions.cpu(1)));
    }
  }

  @Test
  void answer_promptThatDoesNotFit_isRefused() throws IOException {
    Planted planted = new Planted(2, 4);
    try (SequenceWeights trained = planted.train(1, SequenceExamples.NONE);
        SequenceGenerator generator = export(planted, trained)) {
      CodeTrie trie = planted.items.trie();
      SequencePrompt longer = history(planted, generator.tables(), new int[Planted.LENGTH + 1]);
      Exception refused =
          assertThrows(IllegalArgumentException.class, () -> generator.answer(longer, trie));
      assertEquals("prompt has 7 positions, expected 1 to 6", refused.getMessage());
      CodeTrie wide = CodeTrie.of(new CodebookShape(2, 5), List.of());
      SequencePrompt fits = history(planted, generator.tables(), 1);
      Exception other =
          assertThrows(IllegalArgumentException.class, () -> generator.answer(fits, wide));
      assertTrue(other.getMessage().startsWith("trie is of"), other.getMessage());
    }
  }
}
