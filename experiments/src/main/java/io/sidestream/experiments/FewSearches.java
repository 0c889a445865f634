package io.sidestream.experiments;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.LoggedShares;
import io.sidestream.experiments.evaluation.PairedTest;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.MetricSelector;
import io.sidestream.experiments.run.RankingAblation;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Findings;
import io.sidestream.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether the full system's ranking is as good as each part of it where few searches are known. */
final class FewSearches extends Experiment {
  /** Which share of one kind of searches was logged. */
  static final double SHARE = 0.1;

  FewSearches() {
    super(
        "few-searches",
        "With a tenth of one kind of searches logged, is the full ranking as good as the best of"
            + " its parts and of the baselines?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    List<String> meanings = new ArrayList<>();
    Map<String, String> setup = new LinkedHashMap<>();
    List<Table> tables = new ArrayList<>();
    for (CaseGroup few : context.firstRun().data().test()) {
      if (few.task() == Task.SEARCH) {
        DataVariant variant = DataVariant.logged(shares(few));
        List<EvaluatedSystem> systems = new ArrayList<>(context.fullSystem(variant));
        systems.addAll(context.baselines(variant));
        String title = "A tenth of the " + few.name();
        EvaluatedSystem full = EvaluatedSystem.find(systems, RankingAblation.FULL);
        meanings.add(title + ": " + meaning(context.groups(), full, systems));
        tables.add(
            RecallTable.ofItems(context.groups())
                .of(title + ", recall@30 of items", "ranking", systems, Optional.of(full)));
        context
            .firstRun(variant)
            .fullSystem()
            .weights()
            .forEach((task, weights) -> setup.put(title + ", weights of " + task, weights));
      }
    }
    return findings(
        meanings.isEmpty() ? "No test case is a search." : String.join(". ", meanings) + ".",
        setup,
        tables,
        List.of());
  }

  private static LoggedShares shares(CaseGroup few) {
    return few.name().equals(CaseGroup.QUERIES)
        ? new LoggedShares(1, SHARE)
        : new LoggedShares(SHARE, 1);
  }

  private static String meaning(
      List<String> groups, EvaluatedSystem full, List<EvaluatedSystem> systems) {
    List<String> parts = new ArrayList<>();
    for (String group : groups) {
      MetricSelector recall = MetricSelector.of(group, Metric.RECALL_AT_30, Unit.ITEM, Slice.ALL);
      EvaluatedSystem best =
          systems.stream()
              .filter(one -> !one.name().equals(full.name()) && recall.mean(one).isPresent())
              .max(Comparator.comparingDouble(one -> recall.mean(one).getAsDouble()))
              .orElseThrow();
      Optional<PairedTest> test = recall.against(full, best);
      parts.add(
          String.format(
              Locale.ROOT,
              "%s %s, the best other (%s) %s%s",
              group,
              Numbers.decimal(recall.mean(full).orElse(0)),
              best.name(),
              Numbers.decimal(recall.mean(best).orElse(0)),
              test.map(FewSearches::paired).orElse("")));
    }
    return String.join("; ", parts);
  }

  private static String paired(PairedTest test) {
    return String.format(
        Locale.ROOT,
        ", difference %s ± %s",
        Numbers.decimal(test.difference()),
        Numbers.decimal(test.standardError()));
  }
}
