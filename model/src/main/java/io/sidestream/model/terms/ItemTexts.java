package io.sidestream.model.terms;

import static io.sidestream.schemas.Checks.checkEqual;

import io.sidestream.schemas.ItemWords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The words and titles of a generation's corpus, by row of its assignments.
 *
 * @param terms of titles and texts
 */
public record ItemTexts(TermIndex terms, Titles titles) {
  /** A title's words count as often as this. */
  public static final int TITLE_COUNT = 3;

  public ItemTexts {
    checkEqual(titles.all().size(), terms.items(), "titles are of %d items");
  }

  /** Of these items, by row. */
  public static ItemTexts of(List<ItemWords> items) {
    List<TermIndex.Text> texts = new ArrayList<>(2 * items.size());
    for (int row = 0; row < items.size(); row++) {
      texts.add(new TermIndex.Text(items.get(row).title(), row, TITLE_COUNT));
      texts.add(new TermIndex.Text(items.get(row).text(), row, 1));
    }
    return new ItemTexts(
        TermIndex.of(items.size(), texts),
        new Titles(items.stream().map(ItemWords::title).toList()));
  }

  /** Of a bundle that has none. */
  public static ItemTexts none(int items) {
    return new ItemTexts(
        TermIndex.of(items, List.of()), new Titles(Collections.nCopies(items, "")));
  }

  /** The terms of an item that is not in the index, counted in the same way. */
  public static TermCounts counts(ItemWords item) {
    List<String> texts = new ArrayList<>(Collections.nCopies(TITLE_COUNT, item.title()));
    texts.add(item.text());
    return TermCounts.of(texts);
  }
}
