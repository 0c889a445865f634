package io.sidestream.model.ranking;

import io.sidestream.model.bundle.Manifest;
import io.sidestream.model.bundle.RankingWeights;
import io.sidestream.model.terms.Spelling;
import io.sidestream.schemas.Prompt;
import java.util.Optional;

/**
 * A prompt whose query, where it has one, is read as it was meant.
 *
 * @param reading where words of the query are mistyped
 */
record ReadPrompt(Prompt prompt, Optional<Spelling.Reading> reading) {
  /** Words of items that came after the training are right as typed. */
  static ReadPrompt of(Prompt prompt, Spelling spelling, Catalogue catalogue) {
    return new ReadPrompt(
        prompt,
        prompt
            .<Optional<Spelling.Reading>>fold(
                search -> Optional.of(spelling.read(search.query(), catalogue::hasWord)),
                recommendation -> Optional.empty())
            .filter(read -> !read.isAsTyped()));
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
