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
import java.util.Optional;

/**
 * Popularity of items: counts of the training corpus, and a prediction for items that it did not
 * meet. Later events do not count here, so that a catalogue depends on its items alone.
 *
 * @param items of the corpus, sorted; the other lists are parallel to it; not copied
 */
record Popularity(
    List<ItemId> items, float[] interactions, float[] searches, PopularityPrediction prediction) {
  /** Of a corpus; its vectors and codes are not kept. */
  static Popularity of(Assignments corpus, PopularityPrediction prediction) {
    return new Popularity(corpus.items(), corpus.interactions(), corpus.searches(), prediction);
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
        cold ? prediction.of(Task.RECOMMENDATION, vector) : (float) Math.log1p(ofInteractions),
        cold ? prediction.of(Task.SEARCH, vector) : (float) Math.log1p(ofSearches),
        text);
  }
}
