package io.sidestream.ingest.pairs;

import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.pairs.CountedInteraction;
import io.sidestream.schemas.pairs.PairKey;
import io.sidestream.schemas.pairs.RecentItems;
import io.sidestream.schemas.pairs.RecentItems.ItemInteraction;
import io.sidestream.schemas.pairs.Transition;
import io.sidestream.schemas.pairs.WindowLimits;
import java.util.Arrays;
import java.util.function.Consumer;

/** Sums of the pairs and transitions of many events, until they are taken. */
final class ItemSums {
  /** No event with a record time changed the item. */
  static final long NO_TIME = Long.MAX_VALUE;

  private static final int FIRST_CAPACITY = 1 << 10;

  private final NameNumbers items = new NameNumbers();
  private final CountSums pairs = new CountSums();
  private final CountSums followed = new CountSums();
  private long[] incoming = new long[FIRST_CAPACITY]; // by item
  private long[] millis = new long[FIRST_CAPACITY]; // likewise; record time of the oldest event

  ItemSums() {
    Arrays.fill(millis, NO_TIME);
  }

  /** Takes the changes of an item's transitions. */
  @FunctionalInterface
  interface Transitions {
    /**
     * @param eventMillis record time of the oldest event that changed them, or {@link #NO_TIME}
     */
    void changed(RowChange change, long eventMillis);
  }

  /** Adds what an event makes with its user's window: nothing, where it is a dislike. */
  void add(RecentItems window, CountedInteraction event, WindowLimits limits, long eventMillis) {
    if (event.isLike()) {
      add(window, event.interaction(), event.weight(), limits, eventMillis);
    }
  }

  private void add(
      RecentItems window,
      ItemInteraction interaction,
      int count,
      WindowLimits limits,
      long eventMillis) {
    ItemId item = interaction.item();
    int number = number(item);
    window.forEachPartner(
        interaction,
        limits,
        (partner, lag) -> {
          int other = number(partner);
          boolean first = partner.compareTo(item) < 0;
          pairs.add(first ? other : number, first ? number : other, count);
          if (lag <= Transition.MAX_LAG) {
            long weight = count * Transition.weight(lag);
            followed.add(other, number, weight);
            incoming[number] += weight;
            millis[other] = Math.min(millis[other], eventMillis);
            millis[number] = Math.min(millis[number], eventMillis);
          }
        });
  }

  private int number(ItemId item) {
    int number = items.of(item.value());
    if (number >= incoming.length) {
      incoming = Arrays.copyOf(incoming, 2 * incoming.length);
      int before = millis.length;
      millis = Arrays.copyOf(millis, incoming.length);
      Arrays.fill(millis, before, millis.length, NO_TIME);
    }
    return number;
  }

  /** Number of sums. */
  int size() {
    return pairs.size() + followed.size();
  }

  /** Hands on the sums, and forgets them. */
  void take(Consumer<RowChange> pairChanges, Transitions transitions) {
    NameNumbers.Order order = items.order();
    pairs.take(
        order,
        (row, counts) ->
            pairChanges.accept(RowChange.ofPairs(PairKey.rowOfItems(items.name(row)), counts)));
    followed.take(
        order,
        (row, counts) -> {
          changed(row, counts, transitions);
          incoming[row] = 0;
        });
    for (int item = 0; item < items.size(); item++) {
      if (incoming[item] != 0) {
        changed(item, CountRow.NONE, transitions);
      }
    }
    items.clear();
    Arrays.fill(incoming, 0);
    Arrays.fill(millis, NO_TIME);
  }

  private void changed(int item, CountRow counts, Transitions transitions) {
    transitions.changed(
        new RowChange(items.name(item), counts, incoming[item], false), millis[item]);
  }
}
