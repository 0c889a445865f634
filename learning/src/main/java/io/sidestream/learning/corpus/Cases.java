package io.sidestream.learning.corpus;

import java.util.List;

/** Events kept back to judge by, of both tasks. */
public record Cases(List<SearchCase> searches, List<RecommendationCase> recommendations) {
  public Cases {
    searches = List.copyOf(searches);
    recommendations = List.copyOf(recommendations);
  }
}
