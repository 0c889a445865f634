package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.util.List;
import java.util.Optional;

/**
 * The answer to a request.
 *
 * @param detail one sentence of explanation where the status is not {@link Status#OK}; where it is,
 *     how mistyped words of the query were read, or empty
 * @param generation the one generation that answered; empty when none did
 * @param items best first; every Semantic ID is of {@code generation}
 * @param explanation how the answer came about, where the request asked for it
 * @param arm which of two compared generations answered; empty while none are compared, and for a
 *     request that names its generation
 * @param queryTruncated whether the query has more tokens than the encoder reads, which read its
 *     beginning
 */
public record Reply(
    Status status,
    String detail,
    Optional<Generation> generation,
    List<RankedItem> items,
    Optional<Explanation> explanation,
    Optional<Arm> arm,
    boolean queryTruncated) {

  /** Outcome of a request. */
  public enum Status {
    /** The items answer the request. */
    OK,
    /** The user has no interactions: the items are the popular ones. */
    UNKNOWN_USER,
    /** The history is empty: the items are the popular ones. */
    EMPTY_HISTORY,
    /** No item of the history is known to the generation: the items are the popular ones. */
    UNKNOWN_ITEMS,
    /** The query is empty: the items are the most searched ones. */
    EMPTY_QUERY,
    /** No generation is loaded yet, or not the named one; ask again later. */
    NOT_READY,
    /** More requests wait than can be answered in time; ask again later, at growing intervals. */
    OVERLOADED,
    /**
     * The request is malformed or cannot be answered, and is on a rejected topic; or it names a
     * generation that is not open.
     */
    INVALID;

    /** Whether the request is answered; what is not carries no items. */
    public boolean isAnswer() {
      return this != NOT_READY && this != OVERLOADED && this != INVALID;
    }
  }

  public Reply {
    check(
        items.size() <= AnswerLimits.MAX_K,
        "reply holds %d items, at most %d are allowed",
        items.size(),
        AnswerLimits.MAX_K);
    ReasonText.checkLength("reply detail", detail);
    items = List.copyOf(items);
    for (RankedItem item : items) {
      check(
          generation.isPresent() && item.id().generation().equals(generation.get()),
          "reply of generation %s holds an id of generation %s",
          generation.map(Generation::toString).orElse("none"),
          item.id().generation());
    }
    check(
        explanation.isEmpty() || explanation.get().features().size() == items.size(),
        "explanation is of %d items, reply holds %d",
        explanation.map(one -> one.features().size()).orElse(0),
        items.size());
    check(
        explanation.isEmpty() || explanation.get().attributions().size() <= items.size(),
        "explanation attributes %d items, reply holds %d",
        explanation.map(one -> one.attributions().size()).orElse(0),
        items.size());
  }

  /** A reply while no generations are compared, to what was read whole. */
  public Reply(
      Status status,
      String detail,
      Optional<Generation> generation,
      List<RankedItem> items,
      Optional<Explanation> explanation) {
    this(status, detail, generation, items, explanation, Optional.empty(), false);
  }

  /** A reply without an explanation. */
  public Reply(
      Status status, String detail, Optional<Generation> generation, List<RankedItem> items) {
    this(status, detail, generation, items, Optional.empty());
  }

  /** The same of this arm. */
  public Reply of(Optional<Arm> answered) {
    return new Reply(status, detail, generation, items, explanation, answered, queryTruncated);
  }

  /** The same to a query of which the beginning was read, or not. */
  public Reply withQueryTruncated(boolean truncated) {
    return new Reply(status, detail, generation, items, explanation, arm, truncated);
  }
}
