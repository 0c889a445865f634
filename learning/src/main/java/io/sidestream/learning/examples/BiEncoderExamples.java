package io.sidestream.learning.examples;

import io.sidestream.learning.biencoder.BiEncoderCorpus;
import io.sidestream.learning.corpus.Corpus;
import io.sidestream.learning.corpus.ItemRows;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.Pair;
import io.sidestream.schemas.pairs.PairCount;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Training examples of the bi-encoder: queries, co-occurring items and histories. */
public final class BiEncoderExamples {
  /** Maximum number of item pairs; the most frequent when there are more. */
  static final int MAX_PAIRS = 2_000_000;

  private BiEncoderExamples() {}

  /**
   * @param texts of the items, by row
   * @param textVectors of these, shape [row][E]
   * @param collaborative shape [row][C]
   * @param queryVectors of the pool's queries, shape [query][E]
   */
  public static BiEncoderCorpus of(
      Corpus training,
      ItemRows rows,
      List<String> texts,
      float[][] textVectors,
      float[][] collaborative,
      QueryPool pool,
      float[][] queryVectors,
      List<Histories.Example> histories) {
    return new BiEncoderCorpus(
        texts,
        textVectors,
        collaborative,
        pool.queries(),
        queryVectors,
        pool.chosen().stream()
            .map(one -> new BiEncoderCorpus.QueryItem(one.query(), one.row(), one.weight()))
            .toList(),
        together(training, rows),
        histories.stream()
            .map(step -> new BiEncoderCorpus.HistoryItem(step.rows(), step.next(), 1))
            .toList(),
        warm(training, rows));
  }

  /** Whether an item has interactions or clicks, shape [row]. */
  static boolean[] warm(Corpus training, ItemRows rows) {
    float[] interactions = rows.interactions(training);
    boolean[] warm = new boolean[rows.size()];
    for (int row = 0; row < warm.length; row++) {
      warm[row] = interactions[row] > 0;
    }
    training
        .counts()
        .forEach(
            count ->
                items(count.pair())
                    .forEach(item -> rows.row(item).ifPresent(row -> warm[row] = true)));
    return warm;
  }

  private static List<ItemId> items(Pair pair) {
    return pair instanceof Pair.ItemItem items
        ? List.of(items.low(), items.high())
        : List.of(((Pair.QueryItem) pair).item());
  }

  /** Pairs of items, in an order that does not depend on how the counts were read. */
  public static List<BiEncoderCorpus.ItemItem> together(Corpus training, ItemRows rows) {
    return training.counts().stream()
        .filter(count -> count.pair() instanceof Pair.ItemItem)
        .flatMap(count -> pair(count, rows))
        .sorted(
            Comparator.comparingDouble((BiEncoderCorpus.ItemItem pair) -> -pair.weight())
                .thenComparingInt(BiEncoderCorpus.ItemItem::row)
                .thenComparingInt(BiEncoderCorpus.ItemItem::other))
        .limit(MAX_PAIRS)
        .toList();
  }

  private static Stream<BiEncoderCorpus.ItemItem> pair(PairCount count, ItemRows rows) {
    Pair.ItemItem pair = (Pair.ItemItem) count.pair();
    OptionalInt low = rows.row(pair.low());
    OptionalInt high = rows.row(pair.high());
    return low.isPresent() && high.isPresent()
        ? Stream.of(new BiEncoderCorpus.ItemItem(low.getAsInt(), high.getAsInt(), count.total()))
        : Stream.empty();
  }
}
