package io.sidestream.learning.biencoder;

import io.sidestream.learning.biencoder.BiEncoderCorpus.HistoryItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.ItemItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.QueryItem;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Samples the pairs of each batch, with replacement. */
final class PairSampler {
  private final WeightedDraw<QueryItem> queryItems;
  private final WeightedDraw<ItemItem> itemItems;
  private final WeightedDraw<HistoryItem> nextItems;
  private final int items;
  private final BiEncoderSettings settings;
  private final SplittableRandom random;

  PairSampler(BiEncoderCorpus corpus, BiEncoderSettings settings, SplittableRandom random) {
    LossWeights weights = settings.objective().weights();
    this.queryItems = draw(weights.queryItem(), corpus.queryItems(), QueryItem::weight);
    this.itemItems = draw(weights.itemItem(), corpus.itemItems(), ItemItem::weight);
    this.nextItems = draw(weights.nextItem(), corpus.nextItems(), HistoryItem::weight);
    this.items = corpus.items();
    this.settings = settings;
    this.random = random;
  }

  /** Pairs whose loss weighs nothing are not drawn. */
  private static <T> WeightedDraw<T> draw(
      double lossWeight, List<T> pairs, ToDoubleFunction<T> weight) {
    return new WeightedDraw<>(lossWeight > 0 ? pairs : List.of(), weight);
  }

  /** Whether there is anything to learn from. */
  boolean isEmpty() {
    return queryItems.isEmpty() && itemItems.isEmpty() && nextItems.isEmpty();
  }

  /** The next batch, of {@code batch} pairs of each kind. */
  Batch step(int batch) {
    List<QueryItem> queries = queryItems.draw(batch, random);
    List<ItemItem> pairs = itemItems.draw(batch, random).stream().map(this::eitherWay).toList();
    List<HistoryItem> histories = nextItems.draw(batch, random);
    return Batch.of(queries, pairs, histories, negatives(), settings);
  }

  /** Sampled negatives, uniform; one that is drawn twice counts once. */
  private int[] negatives() {
    int wanted = settings.objective().sampledNegatives();
    return wanted >= items
        ? IntStream.range(0, items).toArray()
        : random.ints(wanted, 0, items).toArray();
  }

  @SuppressWarnings("ArgumentSelectionDefectChecker") // the other way round is the point
  private ItemItem eitherWay(ItemItem pair) {
    return random.nextBoolean() ? pair : new ItemItem(pair.other(), pair.row(), pair.weight());
  }
}
