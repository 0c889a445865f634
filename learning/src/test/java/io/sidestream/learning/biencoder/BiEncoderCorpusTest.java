package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.learning.biencoder.BiEncoderCorpus.HistoryItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.ItemItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.QueryItem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BiEncoderCorpusTest {
  private static final float[][] TWO = {{1, 0, 0}, {0, 1, 0}};

  @Test
  void corpus_vectorsOfDifferentLengths_isRefused() {
    assertRefused(
        "text vector 1 has 1 dimensions, expected 3",
        () -> corpus(new float[][] {{1, 0, 0}, {1}}, new float[2][4], new float[0][], List.of()));
    assertRefused(
        "query vector 0 has 2 dimensions, expected 3",
        () -> corpus(TWO, new float[2][4], new float[1][2], List.of()));
  }

  @Test
  void corpus_itemsWithoutCollaborativeRow_isRefused() {
    assertRefused(
        "1 items have collaborative vectors, expected 2",
        () -> corpus(TWO, new float[1][4], new float[0][], List.of()));
  }

  @Test
  void corpus_pairsThatNameNothing_areRefused() {
    assertRefused(
        "pair names item 2 of 2",
        () -> corpus(TWO, new float[2][4], TWO, List.of(new QueryItem(0, 2, 1))));
    assertRefused(
        "pair names query 2 of 2",
        () -> corpus(TWO, new float[2][4], TWO, List.of(new QueryItem(2, 0, 1))));
  }

  @Test
  void pairs_thatMeanNothing_areRefused() {
    assertRefused("pair has weight 0.0, expected a number above 0", () -> new QueryItem(0, 0, 0));
    assertRefused("item 3 goes with itself, expected two items", () -> new ItemItem(3, 3, 1));
    assertRefused("history before item 3 is empty", () -> new HistoryItem(List.of(), 3, 1));
  }

  private static BiEncoderCorpus corpus(
      float[][] texts, float[][] collaborative, float[][] queries, List<QueryItem> queryItems) {
    return new BiEncoderCorpus(
        List.of(),
        texts,
        collaborative,
        List.of(),
        queries,
        queryItems,
        List.of(),
        List.of(),
        new boolean[texts.length]);
  }

  private static void assertRefused(String message, Executable corpus) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, corpus).getMessage());
  }
}
