package io.sidestream.model.ranking;

import io.sidestream.schemas.ItemFilter;
import io.sidestream.schemas.Prompt;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The rows that an answer to a prompt may hold: not excluded, and let through by every filter.
 * Eligible rows are kept as bits only where there are filters: without them the trie is not masked,
 * and a few excluded rows cost no pass over the catalogue.
 */
final class EligibleRows implements IntPredicate {
  /** Most rows that are all candidates, so that a narrow filter loses none of them. */
  static final int MAX_EXHAUSTIVE = 1_000;

  private final Catalogue catalogue;
  private final BitSet excluded;
  private final Optional<BitSet> rows;

  private EligibleRows(Catalogue catalogue, BitSet excluded, Optional<BitSet> rows) {
    this.catalogue = catalogue;
    this.excluded = excluded;
    this.rows = rows;
  }

  /** Every row. */
  static EligibleRows all(Catalogue catalogue) {
    return new EligibleRows(catalogue, new BitSet(), Optional.empty());
  }

  static EligibleRows of(Prompt prompt, Catalogue catalogue, ItemAttributes attributes) {
    EligibleRows all = new EligibleRows(catalogue, excluded(prompt, catalogue), Optional.empty());
    List<ItemFilter> filters = prompt.selection().filters();
    if (filters.isEmpty()) {
      return all;
    }
    BitSet rows = new BitSet(catalogue.size());
    for (int row = 0; row < catalogue.size(); row++) {
      rows.set(row, all.test(row) && allow(filters, attributes.of(catalogue.item(row))));
    }
    return new EligibleRows(catalogue, new BitSet(), Optional.of(rows));
  }

  /** By row, since a look at an item by its row misses the caches, and many rows are tested. */
  private static BitSet excluded(Prompt prompt, Catalogue catalogue) {
    BitSet excluded = new BitSet();
    prompt.excluded().forEach(item -> catalogue.row(item).ifPresent(excluded::set));
    return excluded;
  }

  private static boolean allow(
      List<ItemFilter> filters, Optional<Map<String, List<String>>> attributes) {
    return attributes.isPresent()
        && filters.stream()
            .allMatch(
                filter ->
                    filter.allows(attributes.get().getOrDefault(filter.attribute(), List.of())));
  }

  @Override
  public boolean test(int row) {
    return rows.isPresent() ? rows.get().get(row) : !excluded.get(row);
  }

  /** All eligible rows, where filters leave out some; not copied. */
  Optional<BitSet> rows() {
    return rows;
  }

  /** The leaves with an eligible row; empty where the trie is not masked. */
  Optional<BitSet> leaves() {
    return rows.map(
        some -> {
          BitSet leaves = new BitSet(catalogue.trie().size());
          some.stream().forEach(row -> leaves.set(catalogue.leaf(row)));
          return leaves;
        });
  }

  /** All eligible rows, where filters leave so few that each can be a candidate. */
  int[] few() {
    return rows.filter(some -> some.cardinality() <= MAX_EXHAUSTIVE)
        .map(some -> some.stream().toArray())
        .orElse(new int[0]);
  }
}
