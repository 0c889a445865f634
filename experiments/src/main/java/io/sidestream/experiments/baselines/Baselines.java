package io.sidestream.experiments.baselines;

import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.evaluation.Ranker;
import io.sidestream.model.generator.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The baselines that need nothing but a data set, by their names in tables. Whoever opens closes.
 */
public final class Baselines implements AutoCloseable {
  public static final String RANDOM = "random";
  public static final String POPULARITY = "popularity";
  public static final String BM25 = "BM25";
  public static final String BM25_SEARCHES = "BM25 + past searches";
  public static final String ITEM_KNN = "ItemKNN";
  public static final String EASE = "EASE";

  private final RandomRanker random;
  private final Map<String, Ranker> search = new LinkedHashMap<>();
  private final Map<String, Ranker> recommendation = new LinkedHashMap<>();
  private final Bm25 texts;
  private final Bm25 textsAndSearches;

  private Baselines(ExperimentData data, Ease ease, long seed) {
    random = new RandomRanker(data.rows().size(), seed);
    texts = Bm25.ofTexts(data);
    textsAndSearches = Bm25.ofTextsAndSearches(data);
    search.put(RANDOM, random);
    search.put(POPULARITY, PopularityRanker.of(data, Task.SEARCH));
    search.put(BM25, texts);
    search.put(BM25_SEARCHES, textsAndSearches);
    recommendation.put(RANDOM, random);
    recommendation.put(POPULARITY, PopularityRanker.of(data, Task.RECOMMENDATION));
    recommendation.put(ITEM_KNN, ItemKnn.of(data));
    recommendation.put(EASE, ease);
  }

  /**
   * Fits all of them to a data set; EASE's penalty is chosen by validation.
   *
   * @param penalties of EASE to choose from
   */
  public static Baselines of(ExperimentData data, List<Double> penalties, long seed) {
    return new Baselines(data, EaseTuning.best(data, penalties), seed);
  }

  /** Those that answer a task, in the order of tables. */
  public Map<String, Ranker> of(Task task) {
    return new LinkedHashMap<>(task == Task.SEARCH ? search : recommendation);
  }

  /** Chance, whose recall can be told without trying. */
  public RandomRanker random() {
    return random;
  }

  @Override
  public void close() {
    texts.close();
    textsAndSearches.close();
  }
}
