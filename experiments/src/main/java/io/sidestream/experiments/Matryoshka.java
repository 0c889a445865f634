package io.sidestream.experiments;

import io.sidestream.experiments.run.EvaluatedIds;
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

/** Matryoshka representation learning against other fusions of two spaces. */
final class Matryoshka extends Experiment {
  private static final List<IdScheme> FUSIONS =
      List.of(
          IdSchemes.MATRYOSHKA,
          IdSchemes.TRUNCATED,
          IdSchemes.CONCATENATED,
          IdSchemes.SVD,
          IdSchemes.JOINT);

  Matryoshka() {
    super(
        "matryoshka",
        "Do prefixes of Matryoshka-trained vectors fuse two spaces better than concatenation,"
            + " truncation or SVD?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    List<EvaluatedIds> ids = new ArrayList<>();
    for (IdScheme scheme : FUSIONS) {
      ids.add(context.trial(scheme, StandardQuantizers.BALANCED));
    }
    List<EvaluatedSystem> fusions = ids.stream().map(EvaluatedIds::system).toList();
    return findings(
        meaning(fusions),
        Map.of(),
        List.of(
            RecallTable.ofItems(context.groups())
                .of("Recall@30 of items", "fusion", fusions, Optional.of(fusions.get(0))),
            IdTable.of("The IDs", "fusion", ids)),
        List.of());
  }

  private static String meaning(List<EvaluatedSystem> fusions) {
    EvaluatedSystem nested = EvaluatedSystem.find(fusions, IdSchemes.MATRYOSHKA.name());
    EvaluatedSystem truncated = EvaluatedSystem.find(fusions, IdSchemes.TRUNCATED.name());
    EvaluatedSystem joint = EvaluatedSystem.find(fusions, IdSchemes.JOINT.name());
    return String.format(
        Locale.ROOT,
        "Matryoshka-trained halves reach %s in search and %s in recommendation, truncated ordinary"
            + " vectors %s and %s, the joint space %s and %s.",
        Numbers.recall(nested, Task.SEARCH),
        Numbers.recall(nested, Task.RECOMMENDATION),
        Numbers.recall(truncated, Task.SEARCH),
        Numbers.recall(truncated, Task.RECOMMENDATION),
        Numbers.recall(joint, Task.SEARCH),
        Numbers.recall(joint, Task.RECOMMENDATION));
  }
}
