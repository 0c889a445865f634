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
 */
public record SearchRequest(String query, int k, Set<ItemId> excluded, Optional<Instant> deadline) {
  public SearchRequest {
    AnswerLimits.checkK(k);
    excluded = AnswerLimits.checkedExclusion(excluded);
    AnswerLimits.checkQuery(query);
  }
}
