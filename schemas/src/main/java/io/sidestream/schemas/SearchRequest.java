package io.sidestream.schemas;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for items that a query means.
 *
 * @param k how many items, 1 to {@value AnswerLimits#MAX_K}
 * @param excluded items that must not be in the answer
 * @param deadline after it the answer is of no use, and the request is dropped and counted
 */
public record SearchRequest(String query, int k, Set<ItemId> excluded, Optional<Instant> deadline) {
  public SearchRequest {
    AnswerLimits.checkK(k);
    excluded = AnswerLimits.checkedExclusion(excluded);
    AnswerLimits.checkQuery(query);
  }
}
