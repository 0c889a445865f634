package io.sidestream.model.ranking;

import io.sidestream.model.codes.Perplexity;

/**
 * How codes are used and shared by the items of a catalogue that came after the training.
 *
 * @param items how many came
 * @param collisionRate share of them whose ID another item has too, in [0, 1]; 0 of none
 * @param codeUsage perplexity of their first codes, as a share of that of even use; 0 of none
 */
public record NewItems(int items, double collisionRate, double codeUsage) {
  /** Without any. */
  public static final NewItems NONE = new NewItems(0, 0, 0);

  /** Of a snapshot, in one pass over its rows. */
  public static NewItems of(Catalogue catalogue) {
    int[] uses = new int[catalogue.trie().shape().width()];
    int items = 0;
    int collided = 0;
    for (int row = 0; row < catalogue.size(); row++) {
      CatalogueRow one = catalogue.at(row);
      if (one.corpusRow() == CatalogueRow.NEW) {
        items++;
        uses[one.codes()[0]]++;
        collided += catalogue.rows(catalogue.leaf(row)).length > 1 ? 1 : 0;
      }
    }
    return items == 0
        ? NONE
        : new NewItems(items, (double) collided / items, Perplexity.relative(uses));
  }
}
