package io.sidestream.model.ranking;

import io.sidestream.schemas.Generation;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import java.util.List;
import java.util.Optional;

/**
 * The ranked items of one generation for a prompt.
 *
 * @param items best first
 * @param detail one sentence for the user where the status is not OK; else empty
 */
public record Answer(
    Reply.Status status, List<RankedItem> items, String detail, Generation generation) {
  public Answer {
    items = List.copyOf(items);
  }

  /** The answer as a reply for a topic. */
  public Reply reply() {
    return new Reply(status, detail, Optional.of(generation), items);
  }
}
