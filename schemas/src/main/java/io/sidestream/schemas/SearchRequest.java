package io.sidestream.schemas;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Request for the items that match a query.
 *
 * @param k how many items, 1 to {@value AnswerLimits#MAX_K}
 * @param excluded items that must not be in the answer
 * @param deadline the request is dropped and counted after this time
 * @param explain whether the reply shows how it came about
 * @param selection which of the ranked items the answer holds
 * @param user who asks: the same user gets the same one of two compared generations, nothing else
 */
public record SearchRequest(
    String query,
    int k,
    Set<ItemId> excluded,
    Optional<Instant> deadline,
    boolean explain,
    Selection selection,
    Optional<UserId> user) {
  public SearchRequest {
    AnswerLimits.checkK(k);
    excluded = AnswerLimits.checkedExclusion(excluded);
    AnswerLimits.checkQuery(query);
  }

  /** A request without a user. */
  public SearchRequest(
      String query,
      int k,
      Set<ItemId> excluded,
      Optional<Instant> deadline,
      boolean explain,
      Selection selection) {
    this(query, k, excluded, deadline, explain, selection, Optional.empty());
  }

  /** A request without an explanation, for the best items. */
  public SearchRequest(String query, int k, Set<ItemId> excluded, Optional<Instant> deadline) {
    this(query, k, excluded, deadline, false);
  }

  /** A request for the best items. */
  public SearchRequest(
      String query, int k, Set<ItemId> excluded, Optional<Instant> deadline, boolean explain) {
    this(query, k, excluded, deadline, explain, Selection.ALL);
  }

  /** With this deadline, unless it has one. */
  public SearchRequest within(Instant last) {
    return deadline.isPresent()
        ? this
        : new SearchRequest(query, k, excluded, Optional.of(last), explain, selection, user);
  }
}
