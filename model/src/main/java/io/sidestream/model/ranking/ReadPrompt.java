package io.sidestream.model.ranking;

import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.terms.Spelling;
import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.schemas.Prompt;
import java.util.Optional;

/**
 * A prompt whose query, where it has one, is read as it was meant.
 *
 * @param reading where words of the query are mistyped
 */
record ReadPrompt(Prompt prompt, Optional<Spelling.Reading> reading) {
  /**
   * Least clicks after a query as typed that say that it was meant so. A mistyped query is clicked
   * after, too, but less often than the right one.
   */
  static final int MIN_CLICKS = 3;

  /**
   * Words of items that came after the training are right as typed, and so is a query that users
   * clicked after more often than after what it is read as: its words may be new.
   */
  static ReadPrompt of(Prompt prompt, Spelling spelling, Catalogue catalogue, Clicks clicks) {
    return new ReadPrompt(
        prompt,
        prompt.<Optional<Spelling.Reading>>fold(
            search ->
                Optional.of(spelling.read(search.query(), catalogue::hasWord))
                    .filter(read -> !read.isAsTyped())
                    .filter(read -> !isMeant(search.query(), read.query(), clicks)),
            recommendation -> Optional.empty()));
  }

  private static boolean isMeant(String typed, String other, Clicks clicks) {
    long asTyped = clicks.of(NormalizedQuery.of(typed)).clicks();
    return asTyped >= MIN_CLICKS && asTyped > clicks.of(NormalizedQuery.of(other)).clicks();
  }

  /** The query as it was meant. */
  String query(Prompt.ForSearch search) {
    return reading.map(Spelling.Reading::query).orElse(search.query());
  }

  /** The weights of its task, and of its query as it was meant. */
  RankingWeights weights(Manifest.Ranking ranking) {
    return prompt.fold(
        search -> ranking.search(query(search)), recommendation -> ranking.recommendation());
  }

  /** What words are read as; empty where they are right as typed. */
  String detail() {
    return reading.map(Spelling.Reading::toString).orElse("");
  }
}
