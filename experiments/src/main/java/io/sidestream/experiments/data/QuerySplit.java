package io.sidestream.experiments.data;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.schemas.Search;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Queries split into training, validation and test. They have no time: validation is sampled by
 * seed.
 */
record QuerySplit(List<Search> training, List<Search> validation, List<Search> test) {
  /*
   * Tests are the test queries of the data set. Where it has none, as many as for validation are
   * sampled from the others.
   */
  static QuerySplit of(DatasetByKind dataset, SplitSettings settings, SplittableRandom random) {
    List<Search> drawn = shuffled(dataset.trainQueries(), random);
    int share = (int) (settings.queryShare() * drawn.size());
    int tests = dataset.testQueries().isEmpty() ? share : 0;
    List<Search> late = shuffled(dataset.testQueries(), random);
    return new QuerySplit(
        drawn.subList(share + tests, drawn.size()),
        first(drawn.subList(0, share), settings),
        first(tests > 0 ? drawn.subList(share, share + tests) : late, settings));
  }

  private static List<Search> first(List<Search> queries, SplitSettings settings) {
    return queries.subList(0, Math.min(settings.testQueries(), queries.size()));
  }

  private static List<Search> shuffled(List<Search> queries, SplittableRandom random) {
    List<Search> shuffled = new ArrayList<>(queries);
    Collections.shuffle(shuffled, new Random(random.nextLong()));
    return shuffled;
  }
}
