package io.sidestream.model.ranking;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.PopularityPrediction;
import io.sidestream.model.generator.Task;
import io.sidestream.model.terms.ItemTexts;
import io.sidestream.model.terms.Titles;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Popularity of items: counts of the training corpus, and a prediction for items that it did not
 * meet. Later events do not count here, so that a catalogue depends on its items alone.
 *
 * @param items of the corpus, sorted; the other lists are parallel to it; not copied
 * @param most rows of the corpus of most events above 0, best first, ties by item, by task; not all
 */
record Popularity(
    List<ItemId> items,
    float[] interactions,
    float[] searches,
    PopularityPrediction prediction,
    Map<Task, int[]> most) {
  /** Most rows that are kept in order, so that a request for popular items needs no pass. */
  static final int MOST = 10_000;

  /** Of a corpus; its vectors and codes are not kept. */
  static Popularity of(Assignments corpus, PopularityPrediction prediction) {
    return new Popularity(
        corpus.items(),
        corpus.interactions(),
        corpus.searches(),
        prediction,
        Map.of(
            Task.RECOMMENDATION,
            most(corpus.interactions()),
            Task.SEARCH,
            most(corpus.searches())));
  }

  /** Items are sorted, so that ties by row are ties by item. */
  private static int[] most(float[] counts) {
    BestEstimates best = new BestEstimates(MOST);
    for (int row = 0; row < counts.length; row++) {
      if (counts[row] > 0) {
        best.offer(counts.length - row, log(counts[row])); // ties go to the higher number
      }
    }
    return best.bestFirst().map(number -> counts.length - number).toArray();
  }

  private static float log(float count) {
    return (float) Math.log1p(count);
  }

  /** Rows of the corpus of most events, best first: at most {@value #MOST}, each above 0. */
  int[] most(Task task) {
    return most.getOrDefault(task, new int[0]);
  }

  /** The catalogue row of an item of this generation. */
  CatalogueRow row(CodedItem item, Generation generation) {
    check(
        item.generation().equals(generation),
        "generation %s: item %s is coded in generation %s",
        generation,
        item.item(),
        item.generation());
    int corpusRow = Math.max(CatalogueRow.NEW, Collections.binarySearch(items, item.item()));
    Optional<CatalogueRow.RowText> text =
        item.words()
            .map(
                words ->
                    new CatalogueRow.RowText(
                        Titles.keysOf(words.title()), ItemTexts.counts(words)));
    return row(item.item(), item.id().codes(), corpusRow, item.vector(), text);
  }

  /**
   * The catalogue row of an item with these codes and this vector.
   *
   * @param corpusRow its row in the corpus, or {@link CatalogueRow#NEW}
   */
  CatalogueRow row(
      ItemId item,
      int[] codes,
      int corpusRow,
      float[] vector,
      Optional<CatalogueRow.RowText> text) {
    float ofInteractions = corpusRow < 0 ? 0 : interactions[corpusRow];
    float ofSearches = corpusRow < 0 ? 0 : searches[corpusRow];
    boolean cold = ofInteractions == 0 && ofSearches == 0;
    return new CatalogueRow(
        item,
        codes,
        corpusRow,
        cold,
        cold ? prediction.of(Task.RECOMMENDATION, vector) : log(ofInteractions),
        cold ? prediction.of(Task.SEARCH, vector) : log(ofSearches),
        text);
  }
}
