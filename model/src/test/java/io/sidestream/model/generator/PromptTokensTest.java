package io.sidestream.model.generator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.fixtures.MiniLm;
import io.sidestream.model.text.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptTokensTest {
  private static final int HELLO = 7592;
  private static final int WORLD = 2088;
  // 0 search, 1 recommendation, 2 unknown, 3 world, 4 hello, 5 … level * 10 + code
  private static final GeneratorVocabulary VOCABULARY =
      new GeneratorVocabulary(new int[] {WORLD, HELLO}, new CodebookShape(2, 10));

  @TempDir static Path directory;
  private static TextTokenizer pieces;

  @BeforeAll
  static void open() throws IOException {
    pieces = TextTokenizer.open(MiniLm.tokenizer(directory.resolve("tokenizer.json")), 32);
  }

  @AfterAll
  static void close() {
    pieces.close();
  }

  @Test
  void search_knownAndUnknownWords_areTokensAndTheUnknownToken() {
    assertArrayEquals(new int[] {0, 4, 2, 3}, tokens(8).search("hello strange world"));
  }

  @Tag("S1")
  @Test
  void search_typedIdToken_isPlainWords() {
    int[] tokens = tokens(32).search("<c1_7> hello");
    int firstCode = VOCABULARY.code(0, 0);
    assertEquals(0, Arrays.stream(tokens).filter(token -> token >= firstCode).count());
  }

  @Test
  void search_longQuery_isCut() {
    assertEquals(5, tokens(5).search("hello ".repeat(20)).length);
  }

  @Test
  void search_emptyQuery_isTheMarker() {
    assertArrayEquals(new int[] {0}, tokens(5).search(""));
  }

  @Test
  void recommendation_longHistory_keepsTheNewestWholeIdsOldestFirst() {
    List<int[]> history = List.of(new int[] {1, 1}, new int[] {2, 3}, new int[] {4, 5});
    assertArrayEquals(
        new int[] {1, 5 + 2, 15 + 3, 5 + 4, 15 + 5}, tokens(6).recommendation(history));
  }

  @Test
  void constructor_noRoomForOneItem_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> tokens(2));
  }

  @Test
  void vocabulary_everyToken_isDifferentAndInside() {
    int[] all = new int[VOCABULARY.size() - 1];
    int at = 0;
    all[at++] = VOCABULARY.marker(Task.SEARCH);
    all[at++] = VOCABULARY.marker(Task.RECOMMENDATION);
    all[at++] = VOCABULARY.piece(HELLO);
    all[at++] = VOCABULARY.piece(WORLD);
    for (int level = 0; level < 2; level++) {
      for (int code = 0; code < 10; code++) {
        all[at++] = VOCABULARY.code(level, code);
      }
    }
    assertEquals(all.length, Arrays.stream(all).distinct().count());
    assertEquals(0, Arrays.stream(all).filter(t -> t < 0 || t >= VOCABULARY.size()).count());
    assertEquals(2, VOCABULARY.piece(1));
  }

  @Test
  void tokens_ofAPretrainedGenerator_haveItsPiecesInsideItsFrame() {
    PromptFrame frame = new PromptFrame(new int[] {50, 51}, new int[] {60}, 1, 30_522);
    PromptTokens framed =
        new PromptTokens(GeneratorVocabulary.of(frame, new CodebookShape(2, 10)), pieces, 7);
    assertArrayEquals(new int[] {50, 51, HELLO, WORLD, 1}, framed.search("hello world"));
    assertArrayEquals(
        new int[] {50, 51, HELLO, HELLO, HELLO, HELLO, 1}, framed.search("hello ".repeat(9)));
    List<int[]> history = List.of(new int[] {9, 9}, new int[] {3, 4}, new int[] {0, 7});
    assertEquals(2, framed.maxItems());
    assertArrayEquals(
        new int[] {60, 30_525, 30_536, 30_522, 30_539, 1}, framed.recommendation(history));
    assertEquals(30_542, framed.vocabulary().size());
  }

  @Test
  void frame_impossibleTokens_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new PromptFrame(new int[0], new int[] {1}, 1, 9));
    assertThrows(
        IllegalArgumentException.class, () -> new PromptFrame(new int[] {1}, new int[] {1}, 9, 9));
  }

  private static PromptTokens tokens(int maxTokens) {
    return new PromptTokens(VOCABULARY, pieces, maxTokens);
  }
}
