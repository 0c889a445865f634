package io.sidestream.model.ranking;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import java.util.List;
import java.util.Optional;

/**
 * What one generation says to a prompt.
 *
 * @param items best first
 * @param detail one sentence for people where the status is not OK; else empty
 */
public record Answer(
    Reply.Status status, List<RankedItem> items, String detail, Generation generation) {
  public Answer {
    items = List.copyOf(items);
  }

  /** The same as it goes onto a topic. */
  public Reply reply() {
    return new Reply(status, detail, Optional.of(generation), items);
  }
}
