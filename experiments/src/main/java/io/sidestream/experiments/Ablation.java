package io.sidestream.experiments;

import io.sidestream.experiments.evaluation.PairedTest;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.FullSystemResult;
import io.sidestream.experiments.run.MetricSelector;
import io.sidestream.experiments.run.RankingAblation;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.report.Cell;
import io.sidestream.report.Column;
import io.sidestream.report.Findings;
import io.sidestream.report.Row;
import io.sidestream.report.Spread;
import io.sidestream.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The full system, and an ablation of the features of its ranking. */
final class Ablation extends Experiment {
  Ablation() {
    super(
        "ablation",
        "How good is the full system, and what does each feature of its ranking contribute?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    List<EvaluatedSystem> evaluated = context.fullSystem(DataVariant.NONE);
    List<EvaluatedSystem> rankings =
        RankingAblation.ALL.stream().map(name -> EvaluatedSystem.find(evaluated, name)).toList();
    List<EvaluatedSystem> rows = new ArrayList<>(rankings);
    rows.addAll(context.baselines(DataVariant.NONE));
    List<String> groups = context.groups();
    Optional<EvaluatedSystem> full = Optional.of(rankings.get(0));
    FullSystemResult result = context.firstRun().fullSystem();
    return findings(
        meaning(groups, rankings),
        setup(result),
        List.of(
            RecallTable.ofItems(groups).of("Recall@30 of items", "ranking", rows, full),
            RecallTable.ofRanks(groups).of("Further metrics", "ranking", rows, full),
            gains(groups, rankings)),
        List.of(
            IdTable.lossCurve("Loss of the bi-encoder", result.spaceLosses()),
            IdTable.lossCurve("Loss of the generator", result.generatorLosses())));
  }

  private static Map<String, String> setup(FullSystemResult result) {
    Map<String, String> setup = new LinkedHashMap<>();
    result.weights().forEach((task, weights) -> setup.put("weights of " + task, weights));
    setup.put(
        "IDs",
        String.format(
            Locale.ROOT,
            "relative quantization error %.3f, collision rate %.1f %%",
            result.relativeQuantizationError(),
            100 * result.ids().usage().collisionRate()));
    return setup;
  }

  private static Table gains(List<String> groups, List<EvaluatedSystem> rankings) {
    List<Row> rows = new ArrayList<>();
    for (EvaluatedSystem reduced : rankings.subList(1, rankings.size())) {
      List<Cell> cells =
          groups.stream().map(group -> gain(recall(group), rankings.get(0), reduced)).toList();
      rows.add(new Row("over " + reduced.name(), cells));
    }
    return new Table(
        "Gain of the full ranker over each reduced ranker",
        "Difference of recall@30 of items; in brackets its paired standard error; † p < .05.",
        RankingAblation.FULL,
        groups.stream().map(Column::neutral).toList(),
        rows);
  }

  private static Cell gain(MetricSelector metric, EvaluatedSystem one, EvaluatedSystem other) {
    Optional<PairedTest> test = metric.against(one, other);
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

  private static String meaning(List<String> groups, List<EvaluatedSystem> rankings) {
    List<String> parts = new ArrayList<>();
    for (String group : groups) {
      parts.add(
          String.format(
              Locale.ROOT,
              "%s %s (generator only %s, dense vectors only %s)",
              group,
              recall(group, rankings, RankingAblation.FULL),
              recall(group, rankings, RankingAblation.GENERATOR),
              recall(group, rankings, RankingAblation.VECTORS)));
    }
    return "Recall@30 of items: " + String.join("; ", parts) + ".";
  }

  private static String recall(String group, List<EvaluatedSystem> rankings, String name) {
    return Numbers.decimal(recall(group).mean(EvaluatedSystem.find(rankings, name)).orElse(0));
  }
}
