package io.sidestream.learning.biencoder;

import io.sidestream.learning.biencoder.BiEncoderCorpus.HistoryItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.ItemItem;
import io.sidestream.learning.biencoder.BiEncoderCorpus.QueryItem;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Draws the pairs of one step after another, as many of each kind as there are any of. */
final class PairSampler {
  private final WeightedDraw<QueryItem> chosen;
  private final WeightedDraw<ItemItem> together;
  private final WeightedDraw<HistoryItem> next;
  private final int items;
  private final BiEncoderSettings settings;
  private final SplittableRandom random;

  PairSampler(BiEncoderCorpus corpus, BiEncoderSettings settings, SplittableRandom random) {
    LossWeights weights = settings.objective().weights();
    this.chosen = draw(weights.search(), corpus.chosen(), QueryItem::weight);
    this.together = draw(weights.together(), corpus.together(), ItemItem::weight);
    this.next = draw(weights.next(), corpus.next(), HistoryItem::weight);
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
    return chosen.isEmpty() && together.isEmpty() && next.isEmpty();
  }

  /** The next step, of so many pairs of each kind. */
  Batch step(int batch) {
    List<QueryItem> queries = chosen.draw(batch, random);
    List<ItemItem> pairs = together.draw(batch, random).stream().map(this::eitherWay).toList();
    List<HistoryItem> histories = next.draw(batch, random);
    return Batch.of(queries, pairs, histories, negatives(), settings);
  }

  /** Items to be told from, drawn evenly; some may come twice, which the step sees once. */
  private int[] negatives() {
    int wanted = settings.objective().negatives();
    return wanted >= items
        ? IntStream.range(0, items).toArray()
        : random.ints(wanted, 0, items).toArray();
  }

  private ItemItem eitherWay(ItemItem pair) {
    return random.nextBoolean() ? pair : new ItemItem(pair.other(), pair.row(), pair.weight());
  }
}
