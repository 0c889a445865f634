package io.sidestream.experiments;

import io.sidestream.experiments.evaluation.PairedTest;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.MetricSelector;
import io.sidestream.experiments.run.RankingAblation;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.report.Cell;
import io.sidestream.report.Column;
import io.sidestream.report.Findings;
import io.sidestream.report.Row;
import io.sidestream.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the help of cold items brings and costs in the full system, which alone is trained. */
final class ColdItemHelp extends Experiment {
  private static final List<String> RANKINGS =
      List.of(
          RankingAblation.FULL,
          RankingAblation.WITHOUT_COLD_HELP,
          RankingAblation.WITHOUT_PREDICTION,
          RankingAblation.WITHOUT_GENERATOR,
          RankingAblation.WITHOUT_VECTORS,
          RankingAblation.WITHOUT_WORDS);

  ColdItemHelp() {
    super(
        "cold-items",
        "How many items without training events does the full system find, and what does helping"
            + " them cost warm ones?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    DataVariant withheld = DataVariant.withheld(context.settings().withheld());
    List<EvaluatedSystem> evaluated = context.fullSystem(withheld);
    List<EvaluatedSystem> rankings =
        RANKINGS.stream().map(name -> EvaluatedSystem.find(evaluated, name)).toList();
    List<String> groups = context.groups();
    return findings(
        meaning(groups, rankings.get(0), rankings.get(1)),
        setup(context, withheld),
        List.of(
            RecallTable.ofColdAndWarm(groups)
                .of(
                    "Recall@30 of warm and cold items",
                    "ranking",
                    rankings,
                    Optional.of(rankings.get(0))),
            cases(groups, rankings.get(0))),
        List.of());
  }

  private static Map<String, String> setup(ExperimentContext context, DataVariant withheld)
      throws IOException {
    Map<String, String> setup = new LinkedHashMap<>();
    setup.put(
        "withheld",
        String.format(
            Locale.ROOT,
            "%.0f %% of the items, with all their training events",
            100 * withheld.withheld()));
    context
        .firstRun(withheld)
        .fullSystem()
        .weights()
        .forEach((task, weights) -> setup.put("weights of " + task, weights));
    return setup;
  }

  private static Table cases(List<String> groups, EvaluatedSystem full) {
    List<Row> rows = new ArrayList<>();
    for (Slice slice : List.of(Slice.WARM, Slice.COLD)) {
      List<Cell> cells =
          groups.stream().map(group -> Cell.count(recall(group, slice).cases(full))).toList();
      rows.add(new Row(slice.label(), cells));
    }
    return new Table(
        "Test cases of the first seed",
        "",
        "items",
        groups.stream().map(Column::neutral).toList(),
        rows);
  }

  private static String meaning(
      List<String> groups, EvaluatedSystem full, EvaluatedSystem without) {
    List<String> parts = new ArrayList<>();
    for (String group : groups) {
      MetricSelector cold = recall(group, Slice.COLD);
      Optional<PairedTest> cost = recall(group, Slice.WARM).against(without, full);
      if (cold.mean(full).isPresent() && cost.isPresent()) {
        parts.add(
            String.format(
                Locale.ROOT,
                "%s %s ± %s (%s without help), for %s ± %s of warm recall",
                group,
                Numbers.decimal(cold.mean(full).getAsDouble()),
                Numbers.decimal(cold.spread(full)),
                Numbers.decimal(cold.mean(without).orElse(0)),
                Numbers.decimal(cost.get().difference()),
                Numbers.decimal(cost.get().standardError())));
      }
    }
    return parts.isEmpty()
        ? "No test case has a withheld item."
        : "Recall@30 of withheld items by the full system: " + String.join("; ", parts) + ".";
  }

  private static MetricSelector recall(String group, Slice slice) {
    return MetricSelector.of(group, Metric.RECALL_AT_30, Unit.ITEM, slice);
  }
}
