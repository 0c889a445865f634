package io.sidestream.experiments;

import io.sidestream.experiments.evaluation.Metric;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.experiments.fullsystem.RankingAblation;
import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.MetricSelector;
import io.sidestream.experiments.schemes.IdScheme;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.experiments.trials.PromptStyle;
import io.sidestream.report.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is found of items that nobody met or searched for before. */
final class ColdStart implements Experiment {
  private static final String SHIPS = "what ships";
  private static final String WITHOUT_HELP = SHIPS + ", " + RankingAblation.WITHOUT_FRESH;

  @Override
  public String name() {
    return "cold";
  }

  @Override
  public String question() {
    return "Are items found of which training knew no event, and what do warm items lose?";
  }

  @Override
  public Findings run(ExperimentContext laboratory) throws IOException {
    DataVariant withheld = DataVariant.withheld(laboratory.settings().withheld());
    List<EvaluatedSystem> subjects = new ArrayList<>();
    for (IdScheme way :
        List.of(IdSchemes.CONTENT, IdSchemes.SEARCH_TUNED, IdSchemes.MULTI_TASK, IdSchemes.JOINT)) {
      subjects.add(
          laboratory
              .trial(way.name(), withheld, way, Quantizing.STANDARD, PromptStyle.OWN)
              .subject());
      laboratory.dense("exact search, " + way.name(), withheld, way).ifPresent(subjects::add);
    }
    Map<String, EvaluatedSystem> parts = laboratory.parts(withheld, laboratory.shipped(withheld));
    subjects.add(parts.get(RankingAblation.ALL).named(SHIPS));
    subjects.add(parts.get(RankingAblation.WITHOUT_FRESH).named(WITHOUT_HELP));
    subjects.addAll(laboratory.baselines(withheld));
    List<String> groups = laboratory.groups();
    return new Findings(
        name(),
        question(),
        meaning(subjects, groups),
        Map.of(
            "withheld",
            String.format(
                Locale.ROOT,
                "%.0f %% of the items, with all their events in training",
                100 * laboratory.settings().withheld())),
        List.of(
            RecallTable.ofColdAndWarm(groups)
                .of("Recall@30 of items, warm beside cold", "system", subjects, Optional.empty())),
        List.of());
  }

  private static String meaning(List<EvaluatedSystem> subjects, List<String> groups) {
    EvaluatedSystem ships = Tradeoff.named(subjects, SHIPS);
    EvaluatedSystem without = Tradeoff.named(subjects, WITHOUT_HELP);
    List<String> parts = new ArrayList<>();
    for (String group : groups) {
      MetricSelector cold = MetricSelector.of(group, Metric.RECALL_AT_30, Unit.ITEM, Slice.COLD);
      MetricSelector warm = MetricSelector.of(group, Metric.RECALL_AT_30, Unit.ITEM, Slice.WARM);
      if (cold.mean(ships).isPresent() && warm.mean(ships).isPresent()) {
        parts.add(
            String.format(
                Locale.ROOT,
                "%s %s (%s without help), for %s of warm recall",
                group,
                Sentences.decimal(cold.mean(ships).getAsDouble()),
                Sentences.decimal(cold.mean(without).getAsDouble()),
                Sentences.decimal(
                    warm.mean(without).getAsDouble() - warm.mean(ships).getAsDouble())));
      }
    }
    return parts.isEmpty()
        ? "No test is about a withheld item."
        : "What ships finds of withheld items: " + String.join("; ", parts) + ".";
  }
}
