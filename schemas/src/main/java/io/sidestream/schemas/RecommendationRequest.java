package io.sidestream.schemas;

import static io.sidestream.schemas.Checks.check;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for items that a person may want next: a known user, or a history given outright.
 *
 * @param user whose history to attach; empty when {@code history} speaks for itself
 * @param history items met, oldest first; must be empty when a user is named
 * @param k how many items, 1 to {@value AnswerLimits#MAX_K}
 * @param excludeSeen whether items of the history are left out
 * @param excluded items that must not be in the answer
 * @param deadline after it the answer is of no use, and the request is dropped and counted
 */
public record RecommendationRequest(
    Optional<UserId> user,
    List<ItemId> history,
    int k,
    boolean excludeSeen,
    Set<ItemId> excluded,
    Optional<Instant> deadline) {
  public RecommendationRequest {
    AnswerLimits.checkK(k);
    history = AnswerLimits.checkedHistory(history);
    excluded = AnswerLimits.checkedExclusion(excluded);
    check(
        user.isEmpty() || history.isEmpty(),
        "request names user %s and a history, expected one of them",
        user.map(UserId::value).orElse(""));
  }
}
