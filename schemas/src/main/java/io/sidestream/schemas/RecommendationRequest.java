package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Request for the next items of a known user or of an explicit history, or for items like one item.
 *
 * @param user whose history to attach; empty when {@code history} is given
 * @param history item ids, oldest first; must be empty when a user is named
 * @param like the item to find similar ones of, itself left out; without a user and a history
 * @param trending whether the items are asked for that trend now, of which a user's history leaves
 *     out what was seen; without a history and {@code like}
 * @param k how many items, 1 to {@value AnswerLimits#MAX_K}
 * @param excludeSeen whether items of the history are left out
 * @param excluded items that must not be in the answer
 * @param deadline the request is dropped and counted after this time
 * @param explain whether the reply shows how it came about
 * @param selection which of the ranked items the answer holds
 */
public record RecommendationRequest(
    Optional<UserId> user,
    List<ItemId> history,
    Optional<ItemId> like,
    boolean trending,
    int k,
    boolean excludeSeen,
    Set<ItemId> excluded,
    Optional<Instant> deadline,
    boolean explain,
    Selection selection) {
  public RecommendationRequest {
    AnswerLimits.checkK(k);
    history = AnswerLimits.checkedHistory(history);
    excluded = AnswerLimits.checkedExclusion(excluded);
    check(
        user.isEmpty() || history.isEmpty(),
        "request names user %s and a history, expected one of them",
        user.map(UserId::value).orElse(""));
    check(
        like.isEmpty() || (user.isEmpty() && history.isEmpty()),
        "request asks for items like %s and names a user or a history, expected one of them",
        like.map(ItemId::value).orElse(""));
    check(
        !trending || (like.isEmpty() && history.isEmpty()),
        "request asks for trending items and names an item or a history, expected at most a user");
  }

  /** A request for other items than those that trend. */
  public RecommendationRequest(
      Optional<UserId> user,
      List<ItemId> history,
      Optional<ItemId> like,
      int k,
      boolean excludeSeen,
      Set<ItemId> excluded,
      Optional<Instant> deadline,
      boolean explain,
      Selection selection) {
    this(user, history, like, false, k, excludeSeen, excluded, deadline, explain, selection);
  }

  /** A request for the items that trend now, for everybody. */
  public static RecommendationRequest trending(int k) {
    return new RecommendationRequest(
        Optional.empty(),
        List.of(),
        Optional.empty(),
        true,
        k,
        true,
        Set.of(),
        Optional.empty(),
        false,
        Selection.ALL);
  }

  /** A request for the next items of a user or a history. */
  public RecommendationRequest(
      Optional<UserId> user,
      List<ItemId> history,
      int k,
      boolean excludeSeen,
      Set<ItemId> excluded,
      Optional<Instant> deadline,
      boolean explain,
      Selection selection) {
    this(user, history, Optional.empty(), k, excludeSeen, excluded, deadline, explain, selection);
  }

  /** A request for the best items like one item. */
  public static RecommendationRequest like(ItemId item, int k) {
    return new RecommendationRequest(
        Optional.empty(),
        List.of(),
        Optional.of(item),
        k,
        true,
        Set.of(),
        Optional.empty(),
        false,
        Selection.ALL);
  }

  /** A request for the best items. */
  public RecommendationRequest(
      Optional<UserId> user,
      List<ItemId> history,
      int k,
      boolean excludeSeen,
      Set<ItemId> excluded,
      Optional<Instant> deadline,
      boolean explain) {
    this(user, history, k, excludeSeen, excluded, deadline, explain, Selection.ALL);
  }

  /** A request without an explanation, for the best items. */
  public RecommendationRequest(
      Optional<UserId> user,
      List<ItemId> history,
      int k,
      boolean excludeSeen,
      Set<ItemId> excluded,
      Optional<Instant> deadline) {
    this(user, history, k, excludeSeen, excluded, deadline, false);
  }

  /** With this deadline, unless it has one. */
  public RecommendationRequest within(Instant last) {
    return deadline.isPresent()
        ? this
        : new RecommendationRequest(
            user,
            history,
            like,
            trending,
            k,
            excludeSeen,
            excluded,
            Optional.of(last),
            explain,
            selection);
  }
}
