package io.sidestream.experiments.baselines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.datasets.DatasetByKind;
import io.sidestream.datasets.MovieLensFolder;
import io.sidestream.datasets.SharedData;
import io.sidestream.datasets.sample.SampleCatalogue;
import io.sidestream.datasets.sample.SampleSize;
import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.data.SplitSettings;
import io.sidestream.experiments.evaluation.GroupEvaluation;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.learning.evaluation.RandomRanker;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BaselinesTest {
  private static final long SEED = 1;
  private static final List<Double> PENALTIES = List.of(100.0, 300.0);

  @Test
  void recalls_bundledSample_areInRange() {
    DatasetByKind sample = DatasetByKind.of(new SampleCatalogue(1, SampleSize.DEFAULT).dataset());

    Map<String, Double> recalls = recalls(sample);

    assertBetween(0.015, 0.05, recalls.get("rec random"));
    assertBetween(0.05, 0.5, recalls.get("rec popularity"));
    assertTrue(recalls.get("rec EASE") > recalls.get("rec popularity"), recalls::toString);
    assertTrue(recalls.get("searches BM25") > recalls.get("searches random"), recalls::toString);
    assertTrue(
        recalls.get("searches BM25 + query log") > recalls.get("searches BM25"), recalls::toString);
  }

  @Test
  void recalls_filmsSmall_areInRange() {
    DatasetByKind films = MovieLensFolder.readByKind(SharedData.folder("films-small"));

    Map<String, Double> recalls = recalls(films);

    assertBetween(0.01, 0.06, recalls.get("rec random"));
    assertBetween(0.1, 0.5, recalls.get("rec popularity"));
    assertBetween(0.1, 0.6, recalls.get("rec EASE"));
    assertBetween(0.1, 0.8, recalls.get("queries BM25"));
  }

  @Test
  void random_manyCases_reachesWhatItExpects() {
    DatasetByKind sample =
        DatasetByKind.of(new SampleCatalogue(2, new SampleSize(100, 500, 4, 12_000)).dataset());
    ExperimentData data = ExperimentData.split(sample, SplitSettings.DEFAULT, SEED);
    CaseGroup group = data.test().get(0);
    RandomRanker random = new RandomRanker(data.rows().size(), SEED);

    GroupEvaluation measured = GroupEvaluation.of("random", group, random);

    double expected = RandomRanker.expectedRecall(data.rows().size(), group.cases(), 30);
    assertEquals(expected, measured.figure(Metric.RECALL_AT_30, Slice.ALL).mean(), 0.07);
    assertEquals(measured, GroupEvaluation.of("random", group, random));
  }

  private static Map<String, Double> recalls(DatasetByKind dataset) {
    ExperimentData data = ExperimentData.split(dataset, SplitSettings.DEFAULT, SEED);
    Map<String, Double> recalls = new TreeMap<>();
    try (Baselines baselines = Baselines.of(data, PENALTIES, SEED)) {
      for (CaseGroup group : data.test()) {
        baselines
            .of(group.task())
            .forEach(
                (name, ranker) ->
                    recalls.put(
                        group.name() + " " + name,
                        GroupEvaluation.of(name, group, ranker)
                            .figure(Metric.RECALL_AT_30, Slice.ALL)
                            .mean()));
      }
    }
    return recalls;
  }

  private static void assertBetween(double least, double most, double value) {
    assertTrue(least <= value && value <= most, value + " is not in " + least + " to " + most);
  }
}
