package io.sidestream.experiments;

import io.sidestream.experiments.evaluation.Breakdown;
import io.sidestream.experiments.evaluation.Metric;
import io.sidestream.experiments.evaluation.PairedTest;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.experiments.lab.Figures;
import io.sidestream.experiments.lab.Laboratory;
import io.sidestream.experiments.lab.Subject;
import io.sidestream.experiments.lab.Variant;
import io.sidestream.experiments.report.Axis;
import io.sidestream.experiments.report.Cell;
import io.sidestream.experiments.report.Chart;
import io.sidestream.experiments.report.Column;
import io.sidestream.experiments.report.Findings;
import io.sidestream.experiments.report.Lines;
import io.sidestream.experiments.report.Row;
import io.sidestream.experiments.report.Series;
import io.sidestream.experiments.report.Spread;
import io.sidestream.experiments.report.Table;
import io.sidestream.experiments.shipped.RankingParts;
import io.sidestream.experiments.shipped.ShippedResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What ships, and what each part of its ranking brings. */
final class Parts implements Experiment {
  private static final List<String> PARTS =
      List.of(
          RankingParts.ALL,
          RankingParts.WITHOUT_GENERATOR,
          RankingParts.WITHOUT_VECTORS,
          RankingParts.WITHOUT_POPULARITY,
          RankingParts.WITHOUT_PAST_SEARCHES,
          RankingParts.WITHOUT_FRESH,
          RankingParts.GENERATOR,
          RankingParts.VECTORS,
          RankingParts.PAST_SEARCHES);

  @Override
  public String name() {
    return "parts";
  }

  @Override
  public String question() {
    return "How good is what ships, and what does each part of its ranking bring?";
  }

  @Override
  public Findings run(Laboratory laboratory) throws IOException {
    List<ShippedResult> results = laboratory.shipped(Variant.NONE);
    Map<String, Subject> parts = laboratory.parts(Variant.NONE, results);
    List<Subject> subjects = PARTS.stream().map(parts::get).toList();
    List<Subject> rows = new ArrayList<>(subjects);
    rows.addAll(laboratory.baselines(Variant.NONE));
    List<String> groups = laboratory.groups();
    Optional<Subject> all = Optional.of(subjects.get(0));
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

  private static Map<String, String> setup(ShippedResult result) {
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

  private static Table brought(List<String> groups, List<Subject> subjects) {
    List<Row> rows = new ArrayList<>();
    for (Subject without : subjects.subList(1, subjects.size())) {
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

  private static Cell difference(Figures figures, Subject one, Subject other) {
    Optional<PairedTest> test = figures.against(one, other);
    if (test.isEmpty()) {
      return Cell.ABSENT;
    }
    Cell.Measured cell =
        Cell.of(test.get().difference(), Spread.standardError(test.get().standardError()));
    return test.get().significant() ? cell.withMark(Figures.SIGNIFICANT) : cell;
  }

  private static Figures recall(String group) {
    return Figures.of(group, Metric.RECALL_AT_30, Unit.ITEM, Breakdown.ALL);
  }

  private static List<Chart> charts(ShippedResult result) {
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

  private static String meaning(List<String> groups, List<Subject> subjects) {
    List<String> reached = new ArrayList<>();
    for (String group : groups) {
      reached.add(
          String.format(
              Locale.ROOT,
              "%s %s (generator alone %s, vectors alone %s)",
              group,
              recall(group, subjects, RankingParts.ALL),
              recall(group, subjects, RankingParts.GENERATOR),
              recall(group, subjects, RankingParts.VECTORS)));
    }
    return "Recall@30 of items: " + String.join("; ", reached) + ".";
  }

  private static String recall(String group, List<Subject> subjects, String part) {
    return Sentences.decimal(recall(group).mean(Tradeoff.named(subjects, part)).orElse(0));
  }
}
