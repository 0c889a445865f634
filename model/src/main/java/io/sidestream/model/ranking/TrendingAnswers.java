package io.sidestream.model.ranking;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Prompt;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Answers with the items that trend, whichever generation serves: it gives the IDs alone. Excluded
 * items, filters, boosts, pages and diversity count as in other answers. Thread-safe.
 *
 * @param attributes as they are now
 */
public record TrendingAnswers(Trends trends, ItemAttributes attributes) {
  /** The items of a catalogue that trend most, best first; fewer than asked for, or none. */
  public Answer answer(Prompt prompt, Catalogue catalogue) {
    Map<ItemId, Double> scores = trends.now();
    SparseRowScores ofRows = catalogue.ofItems(scores);
    RowBoosts boosts = RowBoosts.of(prompt, catalogue, attributes);
    EligibleRows eligible = EligibleRows.of(prompt, catalogue, attributes);
    int end = prompt.selection().offset() + prompt.k();
    List<RankedItem> ranked =
        Arrays.stream(catalogue.best(ofRows, scores.size(), eligible))
            .mapToObj(
                row ->
                    new RankedItem(
                        catalogue.item(row), ofRows.at(row) + boosts.at(row), catalogue.id(row)))
            .sorted(
                Comparator.comparingDouble((RankedItem item) -> -item.score())
                    .thenComparing(RankedItem::item))
            .limit(prompt.selection().isDiverse() ? DiverseItems.MAX_ITEMS : end)
            .toList();
    List<RankedItem> page =
        DiverseItems.of(ranked, prompt.selection().diversity(), end)
            .page(prompt.selection().offset(), prompt.k())
            .items();
    return new Answer(Reply.Status.OK, page, "", catalogue.generation());
  }
}
