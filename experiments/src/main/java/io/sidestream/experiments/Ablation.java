package io.sidestream.experiments;

import io.sidestream.experiments.evaluation.Metric;
import io.sidestream.experiments.evaluation.PairedTest;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.experiments.fullsystem.FullSystemResult;
import io.sidestream.experiments.fullsystem.RankingAblation;
import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.MetricSelector;
import io.sidestream.report.Axis;
import io.sidestream.report.Cell;
import io.sidestream.report.Chart;
import io.sidestream.report.Column;
import io.sidestream.report.Findings;
import io.sidestream.report.Lines;
import io.sidestream.report.Row;
import io.sidestream.report.Series;
import io.sidestream.report.Spread;
import io.sidestream.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What ships, and what each part of its ranking brings. */
final class Ablation implements Experiment {
  private static final List<String> PARTS =
      List.of(
          RankingAblation.ALL,
          RankingAblation.WITHOUT_GENERATOR,
          RankingAblation.WITHOUT_VECTORS,
          RankingAblation.WITHOUT_POPULARITY,
          RankingAblation.WITHOUT_PAST_SEARCHES,
          RankingAblation.WITHOUT_FRESH,
          RankingAblation.GENERATOR,
          RankingAblation.VECTORS,
          RankingAblation.PAST_SEARCHES);

  @Override
  public String name() {
    return "parts";
  }

  @Override
  public String question() {
    return "How good is what ships, and what does each part of its ranking bring?";
  }

  @Override
  public Findings run(ExperimentContext laboratory) throws IOException {
    List<FullSystemResult> results = laboratory.shipped(DataVariant.NONE);
    Map<String, EvaluatedSystem> parts = laboratory.parts(DataVariant.NONE, results);
    List<EvaluatedSystem> subjects = PARTS.stream().map(parts::get).toList();
    List<EvaluatedSystem> rows = new ArrayList<>(subjects);
    rows.addAll(laboratory.baselines(DataVariant.NONE));
    List<String> groups = laboratory.groups();
    Optional<EvaluatedSystem> all = Optional.of(subjects.get(0));
    return new Findings(
        name(),
        question(),
        meaning(groups, subjects),
        setup(results.get(0)),
        List.of(
            RecallTable.ofItems(groups).of("Recall@30 of items", "ranking", rows, all),
            RecallTable.ofRanks(groups).of("Further figures", "ranking", rows, all),
            brought(groups, subjects)),
        charts(results.get(0)));
  }

  private static Map<String, String> setup(FullSystemResult result) {
    Map<String, String> setup = new LinkedHashMap<>();
    result.weights().forEach((task, weights) -> setup.put("weights of " + task, weights));
    setup.put(
        "IDs",
        String.format(
            Locale.ROOT,
            "energy left %.3f, %.1f %% of the items share theirs",
            result.residualEnergy(),
            100 * result.ids().usage().collidedShare()));
    return setup;
  }

  private static Table brought(List<String> groups, List<EvaluatedSystem> subjects) {
    List<Row> rows = new ArrayList<>();
    for (EvaluatedSystem without : subjects.subList(1, subjects.size())) {
      List<Cell> cells = new ArrayList<>();
      for (String group : groups) {
        cells.add(difference(recall(group), subjects.get(0), without));
      }
      rows.add(new Row("over " + without.name(), cells));
    }
    return new Table(
        "What all parts bring",
        "Difference of recall@30 of items; in brackets its paired standard error; † p < .05.",
        "all parts",
        groups.stream().map(Column::neutral).toList(),
        rows);
  }

  private static Cell difference(
      MetricSelector figures, EvaluatedSystem one, EvaluatedSystem other) {
    Optional<PairedTest> test = figures.against(one, other);
    if (test.isEmpty()) {
      return Cell.ABSENT;
    }
    Cell.Measured cell =
        Cell.of(test.get().difference(), Spread.standardError(test.get().standardError()));
    return test.get().significant() ? cell.withMark(MetricSelector.SIGNIFICANT) : cell;
  }

  private static MetricSelector recall(String group) {
    return MetricSelector.of(group, Metric.RECALL_AT_30, Unit.ITEM, Slice.ALL);
  }

  private static List<Chart> charts(FullSystemResult result) {
    return List.of(
        curve("The space's loss", result.spaceLosses()),
        curve("The generator's loss", result.generatorLosses()));
  }

  private static Lines curve(String title, List<Double> losses) {
    return new Lines(
        title,
        "Mean over equal parts of the training.",
        Axis.neutral("part of the training"),
        Axis.lower("loss"),
        List.of(Series.of("loss", losses.stream().mapToDouble(Double::doubleValue).toArray())),
        List.of());
  }

  private static String meaning(List<String> groups, List<EvaluatedSystem> subjects) {
    List<String> reached = new ArrayList<>();
    for (String group : groups) {
      reached.add(
          String.format(
              Locale.ROOT,
              "%s %s (generator alone %s, vectors alone %s)",
              group,
              recall(group, subjects, RankingAblation.ALL),
              recall(group, subjects, RankingAblation.GENERATOR),
              recall(group, subjects, RankingAblation.VECTORS)));
    }
    return "Recall@30 of items: " + String.join("; ", reached) + ".";
  }

  private static String recall(String group, List<EvaluatedSystem> subjects, String part) {
    return Sentences.decimal(recall(group).mean(Tradeoff.named(subjects, part)).orElse(0));
  }
}
