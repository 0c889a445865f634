package io.sidestream.learning.corpus;

import io.sidestream.model.generator.Task;
import io.sidestream.schemas.Interaction;
import io.sidestream.schemas.Item;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.Search;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The items of a corpus by row, in the order of their ids. Immutable. */
public final class ItemRows {
  private final List<ItemId> ids;
  private final Map<ItemId, Integer> rows;

  public ItemRows(List<Item> items) {
    this.ids = items.stream().map(Item::id).toList();
    this.rows = new HashMap<>();
    for (int row = 0; row < ids.size(); row++) {
      rows.put(ids.get(row), row);
    }
  }

  public int size() {
    return ids.size();
  }

  /** The item of each row. */
  public List<ItemId> ids() {
    return ids;
  }

  /** The row of an item; empty when the corpus does not have it. */
  public OptionalInt row(ItemId item) {
    Integer row = rows.get(item);
    return row == null ? OptionalInt.empty() : OptionalInt.of(row);
  }

  /** Clicks of each item for search, interactions for recommendation; shape [row]. */
  public float[] counts(Corpus corpus, Task task) {
    return task == Task.SEARCH ? searches(corpus.searches()) : interactions(corpus);
  }

  /**
   * Sums of the weights of each item's interactions, 0 where dislikes weigh more; how often it was
   * interacted with, where all kinds count alike. Shape [row].
   */
  public float[] interactions(Corpus corpus) {
    float[] sums = new float[size()];
    for (Interaction one : corpus.interactions()) {
      int weight = corpus.weights().of(one.kind());
      row(one.item()).ifPresent(row -> sums[row] += weight);
    }
    for (int row = 0; row < sums.length; row++) {
      sums[row] = Math.max(0, sums[row]);
    }
    return sums;
  }

  /** How often each item was clicked for a query, shape [row]. */
  public float[] searches(Collection<Search> searches) {
    float[] counts = new float[size()];
    searches.forEach(one -> row(one.clicked()).ifPresent(row -> counts[row]++));
    return counts;
  }
}
