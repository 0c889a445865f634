package io.sidestream.experiments;

import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.MetricSelector;
import io.sidestream.experiments.run.PromptStyle;
import io.sidestream.experiments.run.RankingAblation;
import io.sidestream.experiments.schemes.IdScheme;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.report.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Recall of items of which training has no event. */
final class ColdStart extends Experiment {
  private static final String FULL = "full system";
  private static final String WITHOUT_HELP = FULL + ", " + RankingAblation.WITHOUT_COLD_HELP;

  ColdStart() {
    super(
        "cold-start",
        "How many items are found of which training has no event, and what does that cost warm"
            + " items?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    DataVariant withheld = DataVariant.withheld(context.settings().withheld());
    List<EvaluatedSystem> systems = new ArrayList<>();
    for (IdScheme scheme :
        List.of(IdSchemes.CONTENT, IdSchemes.SEARCH_TUNED, IdSchemes.MULTI_TASK, IdSchemes.JOINT)) {
      systems.add(
          context
              .trial(scheme.name(), withheld, scheme, StandardQuantizers.BALANCED, PromptStyle.OWN)
              .system());
      context.dense("dense retrieval, " + scheme.name(), withheld, scheme).ifPresent(systems::add);
    }
    List<EvaluatedSystem> full = context.fullSystem(withheld);
    systems.add(EvaluatedSystem.find(full, RankingAblation.FULL).named(FULL));
    systems.add(EvaluatedSystem.find(full, RankingAblation.WITHOUT_COLD_HELP).named(WITHOUT_HELP));
    systems.addAll(context.baselines(withheld));
    List<String> groups = context.groups();
    return findings(
        meaning(systems, groups),
        Map.of(
            "withheld",
            String.format(
                Locale.ROOT,
                "%.0f %% of the items, with all their training events",
                100 * context.settings().withheld())),
        List.of(
            RecallTable.ofColdAndWarm(groups)
                .of("Recall@30 of warm and cold items", "system", systems, Optional.empty())),
        List.of());
  }

  private static String meaning(List<EvaluatedSystem> systems, List<String> groups) {
    EvaluatedSystem full = EvaluatedSystem.find(systems, FULL);
    EvaluatedSystem without = EvaluatedSystem.find(systems, WITHOUT_HELP);
    List<String> parts = new ArrayList<>();
    for (String group : groups) {
      MetricSelector cold = MetricSelector.of(group, Metric.RECALL_AT_30, Unit.ITEM, Slice.COLD);
      MetricSelector warm = MetricSelector.of(group, Metric.RECALL_AT_30, Unit.ITEM, Slice.WARM);
      if (cold.mean(full).isPresent() && warm.mean(full).isPresent()) {
        parts.add(
            String.format(
                Locale.ROOT,
                "%s %s (%s without help), for %s of warm recall",
                group,
                Numbers.decimal(cold.mean(full).getAsDouble()),
                Numbers.decimal(cold.mean(without).getAsDouble()),
                Numbers.decimal(warm.mean(without).getAsDouble() - warm.mean(full).getAsDouble())));
      }
    }
    return parts.isEmpty()
        ? "No test case has a withheld item."
        : "Recall of withheld items by the full system: " + String.join("; ", parts) + ".";
  }
}
