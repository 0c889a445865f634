package io.sidestream.experiments;

import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.schemes.IdScheme;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Exact dense retrieval in every space with query towers: the loss before any ID is made. */
final class DenseRetrieval extends Experiment {
  DenseRetrieval() {
    super(
        "dense-retrieval",
        "How much of the specialists' recall does one space for both tasks keep, before any ID is"
            + " made?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    List<EvaluatedSystem> spaces = new ArrayList<>();
    for (IdScheme scheme : IdSchemes.ALL) {
      context.dense(scheme.name(), DataVariant.NONE, scheme).ifPresent(spaces::add);
    }
    List<EvaluatedSystem> rows = new ArrayList<>(spaces);
    rows.addAll(context.baselines(DataVariant.NONE));
    List<String> groups = context.groups();
    Optional<EvaluatedSystem> joint =
        Optional.of(EvaluatedSystem.find(spaces, IdSchemes.JOINT.name()));
    return findings(
        meaning(spaces),
        Map.of(),
        List.of(
            RecallTable.ofItems(groups)
                .of("Recall@30 of items, exact dense retrieval", "space", rows, joint),
            RecallTable.ofRanks(groups).of("Further metrics", "space", rows, joint)),
        List.of());
  }

  private static String meaning(List<EvaluatedSystem> spaces) {
    EvaluatedSystem joint = EvaluatedSystem.find(spaces, IdSchemes.JOINT.name());
    EvaluatedSystem search = EvaluatedSystem.best(spaces, Task.SEARCH);
    EvaluatedSystem recommendation = EvaluatedSystem.best(spaces, Task.RECOMMENDATION);
    return String.format(
        Locale.ROOT,
        "One joint space keeps %s of the best search recall (%s, %s) and %s of the best"
            + " recommendation recall (%s, %s).",
        Numbers.share(joint, search, Task.SEARCH),
        search.name(),
        Numbers.recall(search, Task.SEARCH),
        Numbers.share(joint, recommendation, Task.RECOMMENDATION),
        recommendation.name(),
        Numbers.recall(recommendation, Task.RECOMMENDATION));
  }
}
