package io.sidestream.model.ranking;

import io.sidestream.model.bundle.RankingFeature;
import io.sidestream.model.terms.QueryLog;
import io.sidestream.schemas.ItemId;
import io.sidestream.schemas.NormalizedQuery;
import java.util.EnumMap;
import java.util.Map;

/** The features that few rows have: what words, logged queries and transitions lead to. */
final class SparseFeatures {
  private SparseFeatures() {}

  static Map<RankingFeature, SparseRowScores> of(
      ReadPrompt read, Catalogue catalogue, WordIndexes words, LiveCounts live) {
    Map<RankingFeature, SparseRowScores> ofRows = new EnumMap<>(RankingFeature.class);
    read.prompt()
        .fold(
            search -> {
              String query = read.query(search);
              QueryLog log = words.queryLog();
              ofRows.put(RankingFeature.QUERY_LOG, catalogue.ofCorpus(log.terms(), query));
              ofRows.put(
                  RankingFeature.QUERY_CLICKS,
                  catalogue.clickScores(
                      log.clicks(), live.clicks().of(NormalizedQuery.of(query)), query));
              ofRows.put(RankingFeature.WORDS, catalogue.wordScores(words.itemTexts(), query));
              ofRows.put(RankingFeature.TITLE, catalogue.titleScores(words.itemTexts(), query));
              return ofRows;
            },
            recommendation -> {
              Map<ItemId, Double> scores = live.neighbours().scores(recommendation.history());
              ofRows.put(RankingFeature.TRANSITIONS, catalogue.ofItems(scores));
              return ofRows;
            });
    return ofRows;
  }
}
