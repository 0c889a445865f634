package io.sidestream.experiments;

import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedIds;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.experiments.trials.PromptStyle;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Findings;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether the generator needs to be told which task a prompt is for. */
final class Prompts implements Experiment {
  @Override
  public String name() {
    return "prompts";
  }

  @Override
  public String question() {
    return "Is the prefix of a prompt needed to tell the tasks apart?";
  }

  @Override
  public Findings run(ExperimentContext laboratory) throws IOException {
    EvaluatedIds own = trial(laboratory, IdSchemes.JOINT.name(), PromptStyle.OWN);
    EvaluatedIds none = trial(laboratory, "no prefix", PromptStyle.NONE);
    EvaluatedIds wrong = trial(laboratory, "wrong prefix when asked", PromptStyle.WRONG);
    List<EvaluatedSystem> subjects =
        List.of(own.subject().named("own prefix"), none.subject(), wrong.subject());
    return new Findings(
        name(),
        question(),
        meaning(subjects),
        Map.of("IDs", IdSchemes.JOINT.name()),
        List.of(
            RecallTable.ofItems(laboratory.groups())
                .of("Recall@30 of items", "prompts", subjects, Optional.of(subjects.get(0)))),
        List.of(IdTable.losses("The generators' losses", List.of(own, none))));
  }

  private static EvaluatedIds trial(ExperimentContext laboratory, String name, PromptStyle style)
      throws IOException {
    return laboratory.trial(name, DataVariant.NONE, IdSchemes.JOINT, Quantizing.STANDARD, style);
  }

  private static String meaning(List<EvaluatedSystem> subjects) {
    return String.format(
        Locale.ROOT,
        "Without a prefix search keeps %s and recommendation %s of their recall; asked with the"
            + " wrong one, %s and %s.",
        Sentences.share(subjects.get(1), subjects.get(0), Task.SEARCH),
        Sentences.share(subjects.get(1), subjects.get(0), Task.RECOMMENDATION),
        Sentences.share(subjects.get(2), subjects.get(0), Task.SEARCH),
        Sentences.share(subjects.get(2), subjects.get(0), Task.RECOMMENDATION));
  }
}
