package io.sidestream.model.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.model.fixtures.MiniLm;
import io.sidestream.model.fixtures.TinyGenerator;
import io.sidestream.model.onnx.OnnxSessions;
import io.sidestream.model.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextEncoderTest {
  private static final int MAX_PIECES = 16;
  private static final OnnxSessions SESSIONS = OnnxSessions.cpu(2);

  @TempDir static Path directory;
  private static TextTokenizer tokenizer;
  private static TextEncoder encoder;

  @BeforeAll
  static void open() throws IOException {
    tokenizer =
        TextTokenizer.open(MiniLm.tokenizer(directory.resolve("tokenizer.json")), MAX_PIECES);
    encoder =
        TextEncoder.open(MiniLm.encoder(directory.resolve("encoder.onnx")), tokenizer, SESSIONS);
  }

  @AfterAll
  static void close() {
    encoder.close();
    tokenizer.close();
  }

  @Test
  void ids_knownSentence_equalTheReferenceTokenizer() {
    // bert-base-uncased: [CLS] hello world [SEP]
    assertArrayEquals(new long[] {101, 7592, 2088, 102}, tokenizer.encode("Hello  world"));
    assertArrayEquals(new long[] {7592, 2088}, tokenizer.encodeBare("Hello  world"));
  }

  @Test
  void ids_emptyText_areTheMarkersAlone() {
    assertArrayEquals(new long[] {101, 102}, tokenizer.encode(""));
    assertEquals(0, tokenizer.encodeBare("").length);
  }

  @Tag("B6")
  @Test
  void ids_longText_areCutAndKeepTheLastMarker() {
    long[] ids = tokenizer.encode("word ".repeat(500));
    assertEquals(MAX_PIECES, ids.length);
    assertEquals(102, ids[MAX_PIECES - 1]);
    assertEquals(MAX_PIECES, tokenizer.encodeBare("word ".repeat(500)).length);
  }

  @Tag("B6")
  @Test
  void truncates_moreWordsThanAreRead_isSaid() {
    int words = MAX_PIECES - 2; // and a marker at each end
    assertFalse(tokenizer.truncates("word ".repeat(words)));
    assertFalse(tokenizer.truncates(""));
    assertTrue(tokenizer.truncates("word ".repeat(words + 1)));
  }

  @Test
  void open_piecesOutsideLimits_isRefused() {
    Path file = directory.resolve("tokenizer.json");
    assertThrows(
        IllegalArgumentException.class,
        () -> TextTokenizer.open(file, TextTokenizer.MIN_TOKENS - 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> TextTokenizer.open(file, TextTokenizer.MAX_TOKENS + 1));
  }

  @Test
  void encode_similarTexts_lieNearerThanOthers() {
    float[] heist = encoder.encode("a heist in a dream");
    float[] theft = encoder.encode("robbing a bank while asleep");
    float[] baking = encoder.encode("how to bake sourdough bread");
    assertEquals(MiniLm.DIMENSIONS, heist.length);
    assertEquals(1, Vectors.dot(heist, heist), 1e-5);
    assertTrue(Vectors.dot(heist, theft) > Vectors.dot(heist, baking) + 0.1);
  }

  @Test
  void encode_manyTextsOfManyLengths_equalsOneByOneInOrder() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < TextEncoder.BATCH + 5; i++) {
      texts.add("film " + i + " about the sea".repeat(i % 4));
    }
    float[][] together = encoder.encode(texts);
    assertEquals(texts.size(), together.length);
    for (int i = 0; i < texts.size(); i += 7) {
      assertClose(encoder.encode(texts.get(i)), together[i]);
    }
  }

  @Test
  void encode_noTexts_givesNoVectors() {
    assertEquals(0, encoder.encode(List.of()).length);
  }

  @Test
  void open_graphOfAnotherKind_saysWhatWasExpected() throws IOException {
    Path graph = directory.resolve("generator.onnx");
    new TinyGenerator(TinyGenerator.shape(4, 3, 20), 1).write(graph);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> TextEncoder.open(graph, tokenizer, SESSIONS));
    assertTrue(e.getMessage().startsWith("generator.onnx: inputs are "), e.getMessage());
    assertTrue(e.getMessage().endsWith("expected input_ids and attention_mask"), e.getMessage());
  }

  private static void assertClose(float[] expected, float[] found) {
    assertArrayEquals(expected, found, 1e-5f, () -> Arrays.toString(found));
  }
}
