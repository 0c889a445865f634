package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TextGraphTest {
  private static TextGraph graph;

  @BeforeAll
  static void load() throws Exception {
    graph = PretrainedText.load().graph();
  }

  @Test
  void shape_matrixNamedByItsNode_isInByOut() {
    assertArrayEquals(
        new long[] {384, 1536}, graph.shape("encoder.layer.5.intermediate.dense.weight"));
    assertArrayEquals(
        new long[] {384, 384}, graph.shape("encoder.layer.0.attention.self.query.weight"));
    assertArrayEquals(new long[] {30522, 384}, graph.shape("embeddings.word_embeddings.weight"));
  }

  @Test
  void with_oneWeightReplaced_changesThatOneOnly() {
    String replaced = "encoder.layer.2.attention.self.key.bias";
    String kept = "encoder.layer.2.attention.self.query.bias";
    float[] values = new float[384];
    values[7] = 0.5f;

    TextGraph other = graph.with(Map.of(replaced, values));

    assertArrayEquals(values, other.weight(replaced));
    assertArrayEquals(graph.weight(kept), other.weight(kept));
  }

  @Test
  void with_wrongLength_isRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> graph.with(Map.of("embeddings.LayerNorm.bias", new float[3])));
    assertEquals(
        "weight embeddings.LayerNorm.bias has 3 numbers, expected 384", refused.getMessage());
  }

  @Test
  void weight_unknown_isRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> graph.weight("pooler.dense.weight"));
    assertEquals("the graph has no weight pooler.dense.weight", refused.getMessage());
  }
}
