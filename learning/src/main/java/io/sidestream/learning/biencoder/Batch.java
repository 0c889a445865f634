package io.sidestream.learning.biencoder;

import io.sidestream.learning.biencoder.BiEncoderCorpus.HistoryItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.ItemItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.QueryItem;
import java.util.ArrayList;
import java.util.List;

/**
 * The pairs of one training step, as places among the step's distinct items.
 *
 * @param rows the distinct items, shape [place]: those of pairs, those that occur in histories
 *     only, then those that are negatives only
 * @param paired how many of them occur in pairs
 * @param inside how many of them occur in pairs or histories
 * @param queries of the query–item pairs, shape [pair]
 * @param chosen what each query should be near
 * @param anchors places of the first items of the item–item pairs, shape [pair]
 * @param together what each of them should be near
 * @param shares of the step's items in each history, shape [history * rows + place]
 * @param next what each history should be near
 */
record Batch(
    int[] rows,
    int paired,
    int inside,
    int[] queries,
    ContrastiveTargets chosen,
    int[] anchors,
    ContrastiveTargets together,
    float[] shares,
    ContrastiveTargets next) {

  /**
   * Lays out pairs; of an item–item pair the first item is the anchor.
   *
   * @param negatives rows of items to be told from, beside those of the pairs
   */
  static Batch of(
      List<QueryItem> chosen,
      List<ItemItem> together,
      List<HistoryItem> next,
      int[] negatives,
      BiEncoderSettings settings) {
    BatchRows rows = new BatchRows();
    int[] chosenItems = chosen.stream().mapToInt(pair -> rows.place(pair.row())).toArray();
    int[] anchors = together.stream().mapToInt(pair -> rows.place(pair.row())).toArray();
    int[] others = together.stream().mapToInt(pair -> rows.place(pair.other())).toArray();
    int[] nextItems = next.stream().mapToInt(pair -> rows.place(pair.row())).toArray();
    int paired = rows.size();
    List<int[]> histories = new ArrayList<>();
    for (HistoryItem pair : next) {
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
        chosen.stream().mapToInt(QueryItem::query).toArray(),
        ContrastiveTargets.of(
            chosen.stream().map(QueryItem::query).toList(),
            chosenItems,
            chosen.stream().map(pair -> new int[0]).toList()),
        anchors,
        ContrastiveTargets.of(
            together.stream().map(ItemItem::row).toList(),
            others,
            together.stream().map(pair -> new int[] {rows.place(pair.row())}).toList()),
        shares(histories, rows.size(), settings.historyDecay()),
        ContrastiveTargets.of(
            next.stream().map(HistoryItem::history).toList(), nextItems, histories));
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
