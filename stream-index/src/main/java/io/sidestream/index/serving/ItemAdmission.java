package io.sidestream.index.serving;

import io.micrometer.core.instrument.MeterRegistry;
import io.sidestream.model.bundle.Assignments;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.codes.TrieRoom;
import io.sidestream.model.ranking.Catalogue;
import io.sidestream.schemas.CodedItem;
import io.sidestream.schemas.ItemId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which items a catalogue takes: those that fit its generation, while there is room. An item that
 * is refused is counted and logged, and all others are served. Thread-safe.
 */
public final class ItemAdmission {
  private static final Logger LOG = LoggerFactory.getLogger(ItemAdmission.class);

  private final int maxItems;
  private final long maxCells;
  private final MeterRegistry registry;

  /** Why an item is refused. */
  enum Reason {
    FULL,
    NO_ROOM_FOR_ID,
    DOES_NOT_FIT
  }

  /**
   * @param maxItems of a catalogue
   */
  public ItemAdmission(int maxItems, MeterRegistry registry) {
    this(maxItems, CodeTrie.MAX_CELLS, registry);
  }

  /**
   * @param maxCells of a table of the trie
   */
  ItemAdmission(int maxItems, long maxCells, MeterRegistry registry) {
    this.maxItems = maxItems;
    this.maxCells = maxCells;
    this.registry = registry;
    for (Reason reason : Reason.values()) {
      count(reason, 0);
    }
  }

  /** The items of a bundle; where they are too many, without those of fewest events. */
  Catalogue ofBundle(Catalogue all, Assignments assignments) {
    int surplus = all.size() - maxItems;
    if (surplus <= 0) {
      return all;
    }
    List<ItemId> refused = fewestEvents(assignments, surplus);
    refused(all, Reason.FULL, refused);
    return all.with(List.of(), refused);
  }

  private static List<ItemId> fewestEvents(Assignments assignments, int count) {
    return IntStream.range(0, assignments.size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(
                    row -> assignments.interactions()[row] + assignments.searches()[row])
                .thenComparing(Comparator.reverseOrder()))
        .limit(count)
        .map(assignments.items()::get)
        .toList();
  }

  /**
   * The next catalogue, with the last change of some items.
   *
   * @param changes empty for an item that was removed; in the order in which they take the room
   */
  Catalogue apply(Catalogue catalogue, Map<ItemId, Optional<CodedItem>> changes) {
    List<CodedItem> changed = new ArrayList<>();
    List<ItemId> removed = new ArrayList<>();
    changes.forEach((item, coded) -> coded.ifPresentOrElse(changed::add, () -> removed.add(item)));
    return apply(catalogue, changed, removed);
  }

  /**
   * The next catalogue: some items added or replaced, others removed.
   *
   * @param changed in the order in which they take the room that there is; one that does not fit is
   *     removed
   * @param removed none of those changed
   */
  Catalogue apply(Catalogue catalogue, Collection<CodedItem> changed, Collection<ItemId> removed) {
    long leaving = removed.stream().filter(catalogue::contains).count();
    long room = maxItems - catalogue.size() + leaving;
    TrieRoom ids = new TrieRoom(catalogue.trie(), maxCells);
    List<CodedItem> admitted = new ArrayList<>();
    List<ItemId> gone = new ArrayList<>(removed);
    List<ItemId> tooMany = new ArrayList<>();
    List<ItemId> noRoom = new ArrayList<>();
    List<ItemId> misfits = new ArrayList<>();
    for (CodedItem item : changed) {
      boolean known = catalogue.contains(item.item());
      if (!fits(catalogue, item)) {
        misfits.add(item.item());
        room += known ? 1 : 0;
      } else if (!known && room <= 0) {
        tooMany.add(item.item());
      } else if (!ids.take(item.id().codes())) {
        noRoom.add(item.item());
        room += known ? 1 : 0;
      } else {
        admitted.add(item);
        room -= known ? 0 : 1;
      }
    }
    gone.addAll(misfits);
    gone.addAll(noRoom);
    refused(catalogue, Reason.DOES_NOT_FIT, misfits);
    refused(catalogue, Reason.FULL, tooMany);
    refused(catalogue, Reason.NO_ROOM_FOR_ID, noRoom);
    return admitted.isEmpty() && gone.isEmpty() ? catalogue : catalogue.with(admitted, gone);
  }

  private static boolean fits(Catalogue catalogue, CodedItem item) {
    CodebookShape shape = catalogue.trie().shape();
    int[] codes = item.id().codes();
    return codes.length == shape.levels()
        && Arrays.stream(codes).allMatch(code -> code < shape.width())
        && item.vector().length == catalogue.dimensions();
  }

  private void refused(Catalogue catalogue, Reason reason, List<ItemId> items) {
    if (!items.isEmpty()) {
      count(reason, items.size());
      LOG.warn(
          "generation {}: {} items are left out, {}, the first is {}; the catalogue has {} of at"
              + " most {}",
          catalogue.generation(),
          items.size(),
          sentence(reason),
          items.get(0),
          catalogue.size(),
          maxItems);
    }
  }

  private static String sentence(Reason reason) {
    return switch (reason) {
      case FULL -> "there is no room for more items";
      case NO_ROOM_FOR_ID -> "there is no room for more IDs";
      case DOES_NOT_FIT -> "their codes or vectors do not fit";
    };
  }

  private void count(Reason reason, int items) {
    registry
        .counter("sidestream.items.refused", "reason", reason.name().toLowerCase(Locale.ROOT))
        .increment(items);
  }
}
