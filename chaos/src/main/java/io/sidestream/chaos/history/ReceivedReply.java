package io.sidestream.chaos.history;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.ItemId;
import java.util.List;

/**
 * A reply that arrived.
 *
 * @param id its correlation id
 * @param writtenMillis when the broker wrote it, as its record says
 * @param arrivedMillis when a client had it
 * @param content what it says
 */
public record ReceivedReply(String id, long writtenMillis, long arrivedMillis, Content content) {
  /**
   * What a reply says.
   *
   * @param status for example {@code OK}; {@link #UNREADABLE} or {@link #MIXED} where it does not
   *     decode
   * @param answered whether the request is answered
   * @param generations that its header, its body and its IDs name
   */
  public record Content(
      String status, boolean answered, List<Generation> generations, List<ItemId> items) {
    /** In place of the status of a reply that does not decode. */
    public static final String UNREADABLE = "UNREADABLE";

    /** Likewise of one whose IDs are of another generation than it says. */
    public static final String MIXED = "MIXED";

    public Content {
      generations = List.copyOf(generations);
      items = List.copyOf(items);
    }

    /** One generation for header, body and all IDs, or none. */
    public boolean isOfOneGeneration() {
      return !status.equals(MIXED) && generations.stream().distinct().count() <= 1;
    }
  }
}
