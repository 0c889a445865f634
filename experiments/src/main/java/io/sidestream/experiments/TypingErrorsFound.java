package io.sidestream.experiments;

import io.sidestream.experiments.evaluation.PairedTest;
import io.sidestream.experiments.evaluation.Slice;
import io.sidestream.experiments.evaluation.Unit;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.MetricSelector;
import io.sidestream.experiments.run.SpellingSystems;
import io.sidestream.learning.evaluation.Metric;
import io.sidestream.report.Findings;
import io.sidestream.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What typing errors cost searches, and what reading mistyped words as meant gives back. */
final class TypingErrorsFound extends Experiment {
  TypingErrorsFound() {
    super(
        "typing-errors",
        "How much recall does a typing error in a query cost, and how much of it comes back when"
            + " mistyped words are read as the known ones that are meant?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    List<EvaluatedSystem> systems = context.typingErrors();
    List<String> groups =
        systems.get(0).seeds().get(0).stream().map(one -> one.group().name()).toList();
    return findings(
        meaning(groups, systems),
        Map.of("errors", "one letter left out, added, taken for another or swapped with the next"),
        groups.isEmpty() ? List.of() : List.of(recall(groups, systems)),
        List.of());
  }

  private static Table recall(List<String> groups, List<EvaluatedSystem> systems) {
    EvaluatedSystem right = EvaluatedSystem.find(systems, SpellingSystems.RIGHT);
    return RecallTable.ofItems(groups)
        .of("Recall@30 of items", "queries", systems, Optional.of(right));
  }

  private static String meaning(List<String> groups, List<EvaluatedSystem> systems) {
    List<String> parts = new ArrayList<>();
    for (String group : groups) {
      parts.add(
          "%s: an error costs %s, %s when words are read as meant; queries without one lose %s by it"
              .formatted(
                  group,
                  loss(group, systems, SpellingSystems.RIGHT, SpellingSystems.MISTYPED),
                  loss(group, systems, SpellingSystems.RIGHT, SpellingSystems.MISTYPED_READ),
                  loss(group, systems, SpellingSystems.RIGHT, SpellingSystems.RIGHT_READ)));
    }
    return parts.isEmpty()
        ? "No test case is a search."
        : "Recall@30 of items, paired: " + String.join("; ", parts) + ".";
  }

  private static String loss(
      String group, List<EvaluatedSystem> systems, String full, String reduced) {
    Optional<PairedTest> test =
        MetricSelector.of(group, Metric.RECALL_AT_30, Unit.ITEM, Slice.ALL)
            .against(EvaluatedSystem.find(systems, full), EvaluatedSystem.find(systems, reduced));
    return test.map(
            paired ->
                "%s ± %s"
                    .formatted(
                        Numbers.decimal(paired.difference()),
                        Numbers.decimal(paired.standardError())))
        .orElse("nothing that can be measured");
  }
}
