package io.sidestream.trainer.encoder;

import io.sidestream.trainer.encoder.BiEncoderCorpus.HistoryItem;
import io.sidestream.trainer.encoder.BiEncoderCorpus.ItemItem;
import io.sidestream.trainer.encoder.BiEncoderCorpus.QueryItem;
import java.util.List;
import java.util.SplittableRandom;

/** Draws the pairs of one step after another, as many of each kind as there are any of. */
final class PairSampler {
  private final WeightedDraw<QueryItem> chosen;
  private final WeightedDraw<ItemItem> together;
  private final WeightedDraw<HistoryItem> next;
  private final BiEncoderSettings settings;
  private final SplittableRandom random;

  PairSampler(BiEncoderCorpus corpus, BiEncoderSettings settings, SplittableRandom random) {
    this.chosen = new WeightedDraw<>(corpus.chosen(), QueryItem::weight);
    this.together = new WeightedDraw<>(corpus.together(), ItemItem::weight);
    this.next = new WeightedDraw<>(corpus.next(), HistoryItem::weight);
    this.settings = settings;
    this.random = random;
  }

  /** The next step, of so many pairs of each kind. */
  Step step(int batch) {
    List<QueryItem> queries = chosen.draw(batch, random);
    List<ItemItem> items = together.draw(batch, random).stream().map(this::eitherWay).toList();
    return Step.of(queries, items, next.draw(batch, random), settings);
  }

  private ItemItem eitherWay(ItemItem pair) {
    return random.nextBoolean() ? pair : new ItemItem(pair.other(), pair.row(), pair.weight());
  }
}
