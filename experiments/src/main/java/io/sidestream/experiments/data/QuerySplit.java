package io.sidestream.experiments.data;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.schemas.Search;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Queries taken apart. They have no time of their own: those for validation are drawn by seed. */
record QuerySplit(List<Search> training, List<Search> validation, List<Search> test) {
  /*
   * Tests are the queries that the data set keeps for judging. Where it keeps none, as many as are for validation are
   * drawn from the others.
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
