package io.sidestream.experiments;

import io.sidestream.experiments.lab.Laboratory;
import io.sidestream.experiments.lab.Subject;
import io.sidestream.experiments.lab.Tested;
import io.sidestream.experiments.lab.Variant;
import io.sidestream.experiments.report.Findings;
import io.sidestream.experiments.trials.PromptStyle;
import io.sidestream.experiments.ways.Ways;
import io.sidestream.model.generator.Task;
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
  public Findings run(Laboratory laboratory) throws IOException {
    Tested own = trial(laboratory, Ways.JOINT.name(), PromptStyle.OWN);
    Tested none = trial(laboratory, "no prefix", PromptStyle.NONE);
    Tested wrong = trial(laboratory, "wrong prefix when asked", PromptStyle.WRONG);
    List<Subject> subjects =
        List.of(own.subject().named("own prefix"), none.subject(), wrong.subject());
    return new Findings(
        name(),
        question(),
        meaning(subjects),
        Map.of("IDs", Ways.JOINT.name()),
        List.of(
            RecallTable.ofItems(laboratory.groups())
                .of("Recall@30 of items", "prompts", subjects, Optional.of(subjects.get(0)))),
        List.of(IdTable.losses("The generators' losses", List.of(own, none))));
  }

  private static Tested trial(Laboratory laboratory, String name, PromptStyle style)
      throws IOException {
    return laboratory.trial(name, Variant.NONE, Ways.JOINT, Quantizing.STANDARD, style);
  }

  private static String meaning(List<Subject> subjects) {
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
