package io.sidestream.experiments;

import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedIds;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.PromptStyle;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.learning.quantizer.Quantizer;
import io.sidestream.learning.quantizer.Quantizers;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All quantizers on the vectors of the joint space. */
final class QuantizerComparison extends Experiment {
  QuantizerComparison() {
    super("quantizers", "Which quantizer makes the best IDs of the same vectors?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    List<EvaluatedIds> ids = new ArrayList<>();
    for (Quantizer quantizer : Quantizers.all(StandardQuantizers.SHAPE)) {
      ids.add(
          context.trial(
              quantizer.name(), DataVariant.NONE, IdSchemes.JOINT, quantizer, PromptStyle.OWN));
    }
    List<EvaluatedSystem> systems = ids.stream().map(EvaluatedIds::system).toList();
    Optional<EvaluatedSystem> reference =
        Optional.of(EvaluatedSystem.find(systems, StandardQuantizers.PUBLISHED.name()));
    List<String> groups = context.groups();
    return findings(
        meaning(systems),
        Map.of("vectors", IdSchemes.JOINT.name()),
        List.of(
            RecallTable.ofItems(groups).of("Recall@30 of items", "quantizer", systems, reference),
            RecallTable.ofRanks(groups).of("Further metrics", "quantizer", systems, reference),
            IdTable.of("The IDs", "quantizer", ids)),
        List.of(
            IdTable.usage("Code usage, level 1", ids, 0),
            IdTable.usage("Code usage, level 2", ids, 1),
            IdTable.collisions("Items that share an ID", ids),
            IdTable.perplexities("Perplexity of the codes", ids),
            IdTable.losses("Losses of the generators", ids)));
  }

  private static String meaning(List<EvaluatedSystem> systems) {
    EvaluatedSystem search = EvaluatedSystem.best(systems, Task.SEARCH);
    EvaluatedSystem recommendation = EvaluatedSystem.best(systems, Task.RECOMMENDATION);
    EvaluatedSystem published = EvaluatedSystem.find(systems, StandardQuantizers.PUBLISHED.name());
    return String.format(
        Locale.ROOT,
        "Search is best by %s (%s), recommendation by %s (%s); %s reaches %s and %s.",
        search.name(),
        Numbers.recall(search, Task.SEARCH),
        recommendation.name(),
        Numbers.recall(recommendation, Task.RECOMMENDATION),
        published.name(),
        Numbers.recall(published, Task.SEARCH),
        Numbers.recall(published, Task.RECOMMENDATION));
  }
}
