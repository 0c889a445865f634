package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.learning.biencoder.BiEncoderCorpus.HistoryItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.ItemItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.QueryItem;
import io.sidestream.model.onnx.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final BiEncoderSettings TWO_AT_A_HALF =
      new BiEncoderSettings(
          4,
          2,
          0.5,
          TestSettings.IN_BATCH,
          TestSettings.HEADS,
          BiEncoderSettings.Layers.NONE,
          1,
          Device.CPU);

  @Test
  void of_pairs_namesEachItemOnceHistoriesAndNegativesLast() {
    Batch step =
        Batch.of(
            List.of(new QueryItem(3, 50, 1), new QueryItem(4, 60, 1)),
            List.of(new ItemItem(60, 70, 1)),
            List.of(new HistoryItem(List.of(80, 50), 90, 1)),
            new int[] {70, 10},
            TWO_AT_A_HALF);

    assertArrayEquals(new int[] {50, 60, 70, 90, 80, 10}, step.rows());
    assertEquals(4, step.paired());
    assertArrayEquals(new int[] {3, 4}, step.queries());
    assertArrayEquals(new int[] {0, 1}, step.queryItems().positives());
    assertArrayEquals(new int[] {1}, step.anchors());
    assertArrayEquals(new int[] {2}, step.itemItems().positives());
    assertArrayEquals(new int[] {3}, step.nextItems().positives());
  }

  @Test
  void of_history_weighsTheNewestItemsOnly() {
    Batch step =
        Batch.of(
            List.of(),
            List.of(),
            List.of(new HistoryItem(List.of(10, 20, 30), 40, 1)),
            new int[0],
            TWO_AT_A_HALF);

    assertArrayEquals(new int[] {40, 20, 30}, step.rows());
    assertArrayEquals(new float[] {0, 0.5f, 1}, step.shares());
  }

  @Test
  void of_repeatedItemInAHistory_countsTwice() {
    Batch step =
        Batch.of(
            List.of(),
            List.of(),
            List.of(new HistoryItem(List.of(20, 20), 40, 1)),
            new int[0],
            TWO_AT_A_HALF);

    assertArrayEquals(new float[] {0, 1.5f}, step.shares());
  }
}
