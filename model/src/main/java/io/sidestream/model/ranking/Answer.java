package io.sidestream.model.ranking;

import io.sidestream.schemas.Explanation;
import io.sidestream.schemas.Generation;
import io.sidestream.schemas.RankedItem;
import io.sidestream.schemas.Reply;
import java.util.List;
import java.util.Optional;

/**
 * The ranked items of one generation for a prompt.
 *
 * @param items best first
 * @param detail one sentence for the user where the status is not OK; where it is, how mistyped
 *     words of the query were read, or empty
 * @param explanation where the prompt asks for it, and its content answers it
 * @param queryTruncated whether the encoder has read the beginning of the query alone
 */
public record Answer(
    Reply.Status status,
    List<RankedItem> items,
    String detail,
    Generation generation,
    Optional<Explanation> explanation,
    boolean queryTruncated) {
  public Answer {
    items = List.copyOf(items);
  }

  /** An answer without an explanation, to what was read whole. */
  public Answer(Reply.Status status, List<RankedItem> items, String detail, Generation generation) {
    this(status, items, detail, generation, Optional.empty(), false);
  }

  /** The answer as a reply for a topic. */
  public Reply reply() {
    return new Reply(status, detail, Optional.of(generation), items, explanation)
        .withQueryTruncated(queryTruncated);
  }
}
