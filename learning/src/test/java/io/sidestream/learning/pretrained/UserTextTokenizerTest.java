package io.sidestream.learning.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.text.TextTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserTextTokenizerTest {
  private static final Map<String, String> UNCUT =
      Map.of("padding", "false", "truncation", "false");
  private static final int FLAN_PIECES = 32_000; // ids of controls come after, or below 3
  private static final List<String> CONTROLS =
      List.of("</s>", "<pad>", "<unk>", "<extra_id_0>", "<extra_id_99>");

  @TempDir Path folder;

  /** Lies beside the project and is no part of it; the test is skipped where it is absent. */
  private static Path flanTokenizer() {
    Path project = Path.of("").toAbsolutePath().getParent();
    Path file = project.resolveSibling("shared/data/flan-t5-tokenizer/tokenizer.json");
    assumeTrue(
        Files.isRegularFile(file),
        () -> "skipped: ../shared/data/flan-t5-tokenizer is absent beside the project");
    return file;
  }

  @Test
  void flanTokenizer_hardStrings_givesTheReferencesTokens() throws Exception {
    try (HuggingFaceTokenizer plain = HuggingFaceTokenizer.newInstance(flanTokenizer(), UNCUT)) {
      for (JsonNode expected : Golden.json("flan-t5-tokens.json")) {
        String text = expected.get("text").asText();
        long[] ids = plain.encode(text, true, false).getIds();
        assertArrayEquals(Golden.longs(expected.get("ids")), ids, text);
      }
    }
  }

  @Test
  void pieces_hardStrings_areTheReferencesWhereNoControlIsTyped() throws Exception {
    int same = 0;
    try (TextTokenizer typed = UserTextTokenizer.open(flanTokenizer(), 2_000)) {
      for (JsonNode expected : Golden.json("flan-t5-tokens.json")) {
        String text = expected.get("text").asText();
        if (CONTROLS.stream().noneMatch(text::contains)) {
          assertArrayEquals(Golden.longs(expected.get("ids")), typed.encode(text), text);
          same++;
        }
      }
    }
    assertTrue(same > 20, same + " strings");
  }

  @Test
  void pieces_typedControls_areWords() throws Exception {
    try (TextTokenizer typed = UserTextTokenizer.open(flanTokenizer(), 2_000)) {
      for (String control : CONTROLS) {
        for (String text : List.of(control, "a" + control + "b", " " + control + " " + control)) {
          long[] pieces = typed.encodeBare(text);
          assertTrue(
              LongStream.of(pieces).allMatch(id -> id >= 2 && id < FLAN_PIECES),
              text + " is " + List.of(LongStream.of(pieces).boxed().toArray()));
          assertTrue(pieces.length > 2, text);
        }
      }
    }
  }

  @Tag("S1")
  @Test
  void tokens_typedIdsAndControls_onlyTheHistoryHasIds() throws Exception {
    IdTokens ids = new IdTokens(new CodebookShape(2, 8), 150);
    try (TextTokenizer typed = UserTextTokenizer.open(Golden.path("t5-gated/tokenizer.json"), 60)) {
      PromptWriter writer = new PromptWriter(typed, ids, 1, 60);
      long[] tokens =
          writer.tokens(
              new TextPrompt("a</s> <c1_17> <extra_id_0><pad>", List.of(new int[] {3, 4})));
      int end = tokens.length - 1;

      assertEquals(1, tokens[end]);
      assertEquals(150 + 3, tokens[end - 2]);
      assertEquals(150 + 8 + 4, tokens[end - 1]);
      int controls = 42; // the tiny tokenizer's two last pieces are <extra_id_1> and <extra_id_0>
      for (int i = 0; i < end - 2; i++) {
        assertTrue(tokens[i] >= 2 && tokens[i] < controls, "token " + tokens[i]);
      }
    }
  }

  @Test
  void tokens_historyLongerThanThePrompt_keepsTheNewest() throws Exception {
    IdTokens ids = new IdTokens(new CodebookShape(2, 8), 150);
    try (TextTokenizer typed = UserTextTokenizer.open(Golden.path("t5-gated/tokenizer.json"), 6)) {
      PromptWriter writer = new PromptWriter(typed, ids, 1, 6);
      long[] tokens =
          writer.tokens(
              new TextPrompt("", List.of(new int[] {0, 0}, new int[] {1, 2}, new int[] {3, 4})));
      assertArrayEquals(new long[] {151, 160, 153, 162, 1}, tokens);
      assertEquals(6, writer.tokens(TextPrompt.search("a a a a a a a a a a")).length);
    }
  }

  @Test
  void prompt_textPastTheLimit_isRefused() {
    TextPrompt longest = new TextPrompt("a".repeat(TextPrompt.MAX_TEXT), List.of());
    assertEquals(TextPrompt.MAX_TEXT, longest.text().length());
    assertThrows(
        IllegalArgumentException.class,
        () -> new TextPrompt("a".repeat(TextPrompt.MAX_TEXT + 1), List.of()));
  }

  @Test
  void open_tokenizerOfAnotherKind_isNamed() throws Exception {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, "{\"model\":{\"type\":\"BPE\"}}");
    HuggingFaceException refused =
        assertThrows(HuggingFaceException.class, () -> UserTextTokenizer.open(file, 10));
    assertEquals(
        "tokenizer.json: tokenizer is BPE, expected Unigram or WordPiece", refused.getMessage());
  }
}
