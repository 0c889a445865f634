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
    return task == Task.SEARCH ? searches(corpus.searches()) : interactions(corpus.interactions());
  }

  /** How often each item was interacted with, shape [row]. */
  public float[] interactions(Collection<Interaction> interactions) {
    float[] counts = new float[size()];
    interactions.forEach(one -> row(one.item()).ifPresent(row -> counts[row]++));
    return counts;
  }

  /** How often each item was clicked for a query, shape [row]. */
  public float[] searches(Collection<Search> searches) {
    float[] counts = new float[size()];
    searches.forEach(one -> row(one.clicked()).ifPresent(row -> counts[row]++));
    return counts;
  }
}
