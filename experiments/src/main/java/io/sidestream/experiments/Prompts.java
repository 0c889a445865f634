package io.sidestream.experiments;

import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedIds;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.PromptStyle;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Findings;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether a generator needs the task prefix of its prompts. */
final class Prompts extends Experiment {
  Prompts() {
    super("prompts", "Is the task prefix of a prompt needed to tell the tasks apart?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    EvaluatedIds own = trial(context, IdSchemes.JOINT.name(), PromptStyle.OWN);
    EvaluatedIds none = trial(context, "no prefix", PromptStyle.NONE);
    EvaluatedIds wrong = trial(context, "wrong prefix at inference", PromptStyle.WRONG);
    List<EvaluatedSystem> systems =
        List.of(own.system().named("own prefix"), none.system(), wrong.system());
    return findings(
        meaning(systems),
        Map.of("IDs", IdSchemes.JOINT.name()),
        List.of(
            RecallTable.ofItems(context.groups())
                .of("Recall@30 of items", "prompts", systems, Optional.of(systems.get(0)))),
        List.of(IdTable.losses("Losses of the generators", List.of(own, none))));
  }

  private static EvaluatedIds trial(ExperimentContext context, String name, PromptStyle style)
      throws IOException {
    return context.trial(
        name, DataVariant.NONE, IdSchemes.JOINT, StandardQuantizers.BALANCED, style);
  }

  private static String meaning(List<EvaluatedSystem> systems) {
    EvaluatedSystem own = systems.get(0);
    return String.format(
        Locale.ROOT,
        "Without a prefix search keeps %s and recommendation %s of their recall; with the wrong one"
            + " at inference, %s and %s.",
        Numbers.share(systems.get(1), own, Task.SEARCH),
        Numbers.share(systems.get(1), own, Task.RECOMMENDATION),
        Numbers.share(systems.get(2), own, Task.SEARCH),
        Numbers.share(systems.get(2), own, Task.RECOMMENDATION));
  }
}
