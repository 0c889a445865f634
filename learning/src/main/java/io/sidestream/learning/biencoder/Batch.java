package io.sidestream.learning.biencoder;

import io.sidestream.learning.biencoder.BiEncoderCorpus.HistoryItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.ItemItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.QueryItem;
import java.util.ArrayList;
import java.util.List;

/**
 * A training step's pairs, as positions among the step's distinct items. Arrays are not copied: a
 * batch lives for one step.
 *
 * @param rows the distinct items, shape [place]: those of pairs, those that occur in histories
 *     only, then those that are negatives only
 * @param paired how many of them occur in pairs
 * @param inside how many of them occur in pairs or histories
 * @param queries of the query–item pairs, shape [pair]
 * @param queryItems positives of the queries
 * @param anchors places of the first items of the item–item pairs, shape [pair]
 * @param itemItems positives of the anchors
 * @param shares of the step's items in each history, shape [history * rows + place]
 * @param nextItems positives of the histories
 */
record Batch(
    int[] rows,
    int paired,
    int inside,
    int[] queries,
    ContrastiveTargets queryItems,
    int[] anchors,
    ContrastiveTargets itemItems,
    float[] shares,
    ContrastiveTargets nextItems) {

  /**
   * Lays out pairs; of an item–item pair the first item is the anchor.
   *
   * @param negatives rows of sampled negatives, beside the items of the pairs
   */
  static Batch of(
      List<QueryItem> queryItems,
      List<ItemItem> itemItems,
      List<HistoryItem> nextItems,
      int[] negatives,
      BiEncoderSettings settings) {
    BatchRows rows = new BatchRows();
    int[] queryPositives = queryItems.stream().mapToInt(pair -> rows.place(pair.row())).toArray();
    int[] anchors = itemItems.stream().mapToInt(pair -> rows.place(pair.row())).toArray();
    int[] others = itemItems.stream().mapToInt(pair -> rows.place(pair.other())).toArray();
    int[] nextPositives = nextItems.stream().mapToInt(pair -> rows.place(pair.row())).toArray();
    int paired = rows.size();
    List<int[]> histories = new ArrayList<>();
    for (HistoryItem pair : nextItems) {
      histories.add(newest(pair.history(), settings).stream().mapToInt(rows::place).toArray());
    }
    int inside = rows.size();
    for (int row : negatives) {
      rows.place(row);
    }
    return new Batch(
        rows.rows(),
        paired,
        inside,
        queryItems.stream().mapToInt(QueryItem::query).toArray(),
        ContrastiveTargets.of(
            queryItems.stream().map(QueryItem::query).toList(),
            queryPositives,
            queryItems.stream().map(pair -> new int[0]).toList()),
        anchors,
        ContrastiveTargets.of(
            itemItems.stream().map(ItemItem::row).toList(),
            others,
            itemItems.stream().map(pair -> new int[] {rows.place(pair.row())}).toList()),
        shares(histories, rows.size(), settings.historyDecay()),
        ContrastiveTargets.of(
            nextItems.stream().map(HistoryItem::history).toList(), nextPositives, histories));
  }

  private static List<Integer> newest(List<Integer> history, BiEncoderSettings settings) {
    return history.subList(Math.max(0, history.size() - settings.historyItems()), history.size());
  }

  private static float[] shares(List<int[]> histories, int items, double decay) {
    float[] shares = new float[histories.size() * items];
    for (int h = 0; h < histories.size(); h++) {
      int[] places = histories.get(h);
      double weight = 1;
      for (int i = places.length - 1; i >= 0; i--) {
        shares[h * items + places[i]] += (float) weight;
        weight *= decay;
      }
    }
    return shares;
  }
}
