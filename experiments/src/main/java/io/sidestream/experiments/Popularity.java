package io.sidestream.experiments;

import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.PromptStyle;
import io.sidestream.experiments.run.QuerySampling;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The distribution over items from which training queries are sampled. */
final class Popularity extends Experiment {
  Popularity() {
    super(
        "popularity",
        "Does it matter whether training queries are sampled uniformly over items, by popularity,"
            + " or by inverse popularity?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    List<EvaluatedSystem> samplings = new ArrayList<>();
    for (QuerySampling sampling : QuerySampling.values()) {
      samplings.add(
          context
              .trial(
                  sampling.label(),
                  DataVariant.sampled(sampling),
                  IdSchemes.JOINT,
                  StandardQuantizers.BALANCED,
                  PromptStyle.OWN)
              .system());
    }
    return findings(
        meaning(samplings),
        Map.of("IDs", IdSchemes.JOINT.name(), "popularity", "interactions in training"),
        List.of(
            RecallTable.ofItems(context.groups())
                .of(
                    "Recall@30 of items",
                    "training queries",
                    samplings,
                    Optional.of(samplings.get(0)))),
        List.of());
  }

  private static String meaning(List<EvaluatedSystem> samplings) {
    EvaluatedSystem logged = samplings.get(0);
    EvaluatedSystem search = EvaluatedSystem.best(samplings, Task.SEARCH);
    EvaluatedSystem recommendation = EvaluatedSystem.best(samplings, Task.RECOMMENDATION);
    return String.format(
        Locale.ROOT,
        "Search is best with training queries %s (%s, as logged %s), recommendation with training"
            + " queries %s (%s, as logged %s).",
        search.name(),
        Numbers.recall(search, Task.SEARCH),
        Numbers.recall(logged, Task.SEARCH),
        recommendation.name(),
        Numbers.recall(recommendation, Task.RECOMMENDATION),
        Numbers.recall(logged, Task.RECOMMENDATION));
  }
}
