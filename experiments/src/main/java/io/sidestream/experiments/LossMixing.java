package io.sidestream.experiments;

import io.sidestream.experiments.embedding.BiEncoderRecipe;
import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedIds;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.PromptStyle;
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

/** The ratio of the two losses of the bi-encoder. */
final class LossMixing extends Experiment {
  private record Mix(double search, double recommendation) {
    String label() {
      return String.format(Locale.ROOT, "%.0f:%.0f", search, recommendation);
    }

    /** The even mix is the joint scheme itself, so that its trial is shared. */
    IdScheme scheme() {
      return search == recommendation
          ? IdSchemes.JOINT
          : IdSchemes.biEncoder(
              IdSchemes.JOINT.name() + " " + label(),
              BiEncoderRecipe.JOINT.mixed(search, recommendation));
    }
  }

  private static final List<Mix> MIXES = List.of(new Mix(1, 1), new Mix(2, 1), new Mix(1, 2));

  LossMixing() {
    super(
        "loss-mixing",
        "How much does the ratio of the search loss to the recommendation loss matter?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    List<EvaluatedIds> ids = new ArrayList<>();
    List<EvaluatedSystem> dense = new ArrayList<>();
    for (Mix mix : MIXES) {
      ids.add(
          context.trial(
              mix.label(),
              DataVariant.NONE,
              mix.scheme(),
              StandardQuantizers.BALANCED,
              PromptStyle.OWN));
      context
          .dense("dense retrieval, " + mix.label(), DataVariant.NONE, mix.scheme())
          .ifPresent(dense::add);
    }
    List<EvaluatedSystem> mixes = ids.stream().map(EvaluatedIds::system).toList();
    List<String> groups = context.groups();
    return findings(
        meaning(mixes),
        Map.of("ratio", "search loss to recommendation loss, joint towers"),
        List.of(
            RecallTable.ofItems(groups)
                .of("Recall@30 of items", "ratio", mixes, Optional.of(mixes.get(0))),
            RecallTable.ofItems(groups)
                .of(
                    "Dense retrieval in the same spaces",
                    "ratio",
                    dense,
                    Optional.of(dense.get(0)))),
        List.of(IdTable.losses("Losses of the generators", ids)));
  }

  private static String meaning(List<EvaluatedSystem> mixes) {
    EvaluatedSystem search = EvaluatedSystem.best(mixes, Task.SEARCH);
    EvaluatedSystem recommendation = EvaluatedSystem.best(mixes, Task.RECOMMENDATION);
    return String.format(
        Locale.ROOT,
        "Search is best at %s (%s against %s at 1:1), recommendation at %s (%s against %s at 1:1).",
        search.name(),
        Numbers.recall(search, Task.SEARCH),
        Numbers.recall(mixes.get(0), Task.SEARCH),
        recommendation.name(),
        Numbers.recall(recommendation, Task.RECOMMENDATION),
        Numbers.recall(mixes.get(0), Task.RECOMMENDATION));
  }
}
