package io.sidestream.experiments;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.evaluation.Breakdown;
import io.sidestream.experiments.evaluation.Metric;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.experiments.lab.Figures;
import io.sidestream.experiments.lab.Laboratory;
import io.sidestream.experiments.lab.Subject;
import io.sidestream.experiments.lab.Variant;
import io.sidestream.experiments.report.Findings;
import io.sidestream.experiments.trials.PromptStyle;
import io.sidestream.experiments.ways.IdWay;
import io.sidestream.experiments.ways.Ways;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is found of items that nobody met or searched for before. */
final class Cold implements Experiment {
  @Override
  public String name() {
    return "cold";
  }

  @Override
  public String question() {
    return "Are items found of which training knew no event, and what do warm items lose?";
  }

  @Override
  public Findings run(Laboratory laboratory) throws IOException {
    Variant withheld = Variant.withheld(laboratory.settings().withheld());
    List<Subject> subjects = new ArrayList<>();
    for (IdWay way : List.of(Ways.CONTENT, Ways.SEARCH_TUNED, Ways.MULTI_TASK, Ways.JOINT)) {
      subjects.add(
          laboratory
              .trial(way.name(), withheld, way, Quantizing.PUBLISHED, PromptStyle.OWN)
              .subject());
      laboratory.dense("exact search, " + way.name(), withheld, way).ifPresent(subjects::add);
    }
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

  private static String meaning(List<Subject> subjects, List<String> groups) {
    Subject generator = Tradeoff.named(subjects, Ways.JOINT.name());
    Subject dense = Tradeoff.named(subjects, "exact search, " + Ways.JOINT.name());
    List<String> parts = new ArrayList<>();
    for (String group : groups) {
      Figures cold = Figures.of(group, Metric.RECALL_AT_30, Unit.ITEM, Breakdown.COLD);
      if (cold.mean(dense).isPresent()) {
        parts.add(
            String.format(
                Locale.ROOT,
                "%s %s by IDs and %s by exact vectors",
                group.equals(CaseGroup.REC) ? "recommendation" : group,
                Sentences.decimal(cold.mean(generator).orElse(0)),
                Sentences.decimal(cold.mean(dense).orElse(0))));
      }
    }
    return parts.isEmpty()
        ? "No test is about a withheld item."
        : "Of the joint space's cold items are found: " + String.join("; ", parts) + ".";
  }
}
