package io.sidestream.experiments.baselines;

import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.learning.evaluation.PopularityRanker;
import io.sidestream.learning.evaluation.RandomRanker;
import io.sidestream.learning.evaluation.Ranker;
import io.sidestream.model.generator.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The baselines of a data set, by their names in tables. The caller closes them. */
public final class Baselines implements AutoCloseable {
  public static final String RANDOM = "random";
  public static final String POPULARITY = "popularity";
  public static final String BM25 = "BM25";
  public static final String BM25_QUERY_LOG = "BM25 + query log";
  public static final String ITEM_KNN = "ItemKNN";
  public static final String EASE = "EASE";

  private final Map<String, Ranker> search = new LinkedHashMap<>();
  private final Map<String, Ranker> recommendation = new LinkedHashMap<>();
  private final Bm25 texts;
  private final Bm25 textsAndSearches;

  private Baselines(ExperimentData data, Ease ease, long seed) {
    RandomRanker random = new RandomRanker(data.rows().size(), seed);
    texts = Bm25.ofTexts(data);
    textsAndSearches = Bm25.ofTextsAndSearches(data);
    search.put(RANDOM, random);
    search.put(POPULARITY, PopularityRanker.of(data.training(), data.rows(), Task.SEARCH));
    search.put(BM25, texts);
    search.put(BM25_QUERY_LOG, textsAndSearches);
    recommendation.put(RANDOM, random);
    recommendation.put(
        POPULARITY, PopularityRanker.of(data.training(), data.rows(), Task.RECOMMENDATION));
    recommendation.put(ITEM_KNN, ItemKnn.of(data));
    recommendation.put(EASE, ease);
  }

  /**
   * Fits all of them to a data set; EASE's penalty is chosen by validation.
   *
   * @param penalties of EASE to choose from
   */
  public static Baselines of(ExperimentData data, List<Double> penalties, long seed) {
    return new Baselines(data, Ease.best(data, penalties), seed);
  }

  /** The baselines of a task, in the order of tables. */
  public Map<String, Ranker> of(Task task) {
    return new LinkedHashMap<>(task == Task.SEARCH ? search : recommendation);
  }

  @Override
  public void close() {
    texts.close();
    textsAndSearches.close();
  }
}
