package io.sidestream.experiments;

import io.sidestream.experiments.embedding.BiEncoderRecipe;
import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedIds;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.schemes.IdScheme;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.experiments.trials.PromptStyle;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How the two losses of the bi-encoder are weighed against each other. */
final class LossMixing implements Experiment {
  private record Mix(double search, double recommendation) {
    String label() {
      return String.format(Locale.ROOT, "%.0f:%.0f", search, recommendation);
    }

    BiEncoderRecipe of(BiEncoderRecipe recipe) {
      return recipe.mixed(search, recommendation);
    }
  }

  private static final List<Mix> MIXES = List.of(new Mix(1, 1), new Mix(2, 1), new Mix(1, 2));

  @Override
  public String name() {
    return "mixing";
  }

  @Override
  public String question() {
    return "How much does the ratio of the search loss to the recommendation loss matter?";
  }

  @Override
  public Findings run(ExperimentContext laboratory) throws IOException {
    List<EvaluatedIds> tested = new ArrayList<>();
    for (Mix mix : MIXES) {
      tested.add(trial(laboratory, IdSchemes.JOINT, mix));
    }
    List<EvaluatedSystem> dense = new ArrayList<>();
    for (Mix mix : MIXES) {
      laboratory
          .dense("exact search, " + mix.label(), DataVariant.NONE, way(IdSchemes.JOINT, mix))
          .ifPresent(dense::add);
    }
    List<EvaluatedSystem> subjects = tested.stream().map(EvaluatedIds::subject).toList();
    List<String> groups = laboratory.groups();
    return new Findings(
        name(),
        question(),
        meaning(subjects),
        Map.of("ratio", "search loss to recommendation losses, joint towers"),
        List.of(
            RecallTable.ofItems(groups)
                .of("Recall@30 of items", "ratio", subjects, Optional.of(subjects.get(0))),
            RecallTable.ofItems(groups)
                .of("Exact search in the same spaces", "ratio", dense, Optional.of(dense.get(0)))),
        List.of(IdTable.losses("The generators' losses", tested)));
  }

  private static EvaluatedIds trial(ExperimentContext laboratory, IdScheme way, Mix mix)
      throws IOException {
    return laboratory.trial(
        mix.label(), DataVariant.NONE, way(way, mix), Quantizing.STANDARD, PromptStyle.OWN);
  }

  /** The even mixture is the way itself, so that its trial is shared. */
  private static IdScheme way(IdScheme way, Mix mix) {
    return mix.search() == mix.recommendation()
        ? way
        : IdSchemes.multiTask(way.name() + " " + mix.label(), mix.of(BiEncoderRecipe.JOINT));
  }

  private static String meaning(List<EvaluatedSystem> mixes) {
    EvaluatedSystem search = Tradeoff.best(mixes, Task.SEARCH);
    EvaluatedSystem recommendation = Tradeoff.best(mixes, Task.RECOMMENDATION);
    return String.format(
        Locale.ROOT,
        "Search is best at %s (%s against %s at 1:1), recommendation at %s (%s against %s at 1:1).",
        search.name(),
        Sentences.recall(search, Task.SEARCH),
        Sentences.recall(mixes.get(0), Task.SEARCH),
        recommendation.name(),
        Sentences.recall(recommendation, Task.RECOMMENDATION),
        Sentences.recall(mixes.get(0), Task.RECOMMENDATION));
  }
}
