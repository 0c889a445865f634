package io.sidestream.model.ranking;

import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.bundle.PopularityPrediction;
import io.sidestream.model.generator.Task;
import io.sidestream.schemas.ItemId;
import java.util.Collections;
import java.util.Optional;

/**
 * Popularity of items: counts of the training corpus, and a prediction for items that it did not
 * meet. Later events do not count here, so that a catalogue depends on its items alone.
 */
record Popularity(Assignments corpus, PopularityPrediction prediction) {
  /** The catalogue row of an item with these codes and this vector. */
  CatalogueRow row(ItemId item, int[] codes, float[] vector, Optional<CatalogueRow.RowText> text) {
    int at = Collections.binarySearch(corpus.items(), item);
    float interactions = at < 0 ? 0 : corpus.interactions()[at];
    float searches = at < 0 ? 0 : corpus.searches()[at];
    boolean cold = interactions == 0 && searches == 0;
    return new CatalogueRow(
        item,
        codes,
        at < 0 ? CatalogueRow.NEW : at,
        cold,
        cold ? prediction.of(Task.RECOMMENDATION, vector) : (float) Math.log1p(interactions),
        cold ? prediction.of(Task.SEARCH, vector) : (float) Math.log1p(searches),
        text);
  }
}
