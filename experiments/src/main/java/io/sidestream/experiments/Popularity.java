package io.sidestream.experiments;

import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedIds;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.QuerySampling;
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

/** What happens when queries to learn from are about other items than people ask for. */
final class Popularity implements Experiment {
  @Override
  public String name() {
    return "popularity";
  }

  @Override
  public String question() {
    return "Does it matter whether queries to learn from are drawn evenly over items, by their"
        + " popularity, or against it?";
  }

  @Override
  public Findings run(ExperimentContext laboratory) throws IOException {
    List<EvaluatedIds> tested = new ArrayList<>();
    for (QuerySampling draw : QuerySampling.values()) {
      tested.add(
          laboratory.trial(
              draw.label(),
              DataVariant.drawn(draw),
              IdSchemes.JOINT,
              Quantizing.STANDARD,
              PromptStyle.OWN));
    }
    List<EvaluatedSystem> subjects = tested.stream().map(EvaluatedIds::subject).toList();
    return new Findings(
        name(),
        question(),
        meaning(subjects),
        Map.of("IDs", IdSchemes.JOINT.name(), "popularity", "interactions in training"),
        List.of(
            RecallTable.ofItems(laboratory.groups())
                .of("Recall@30 of items", "queries drawn", subjects, Optional.of(subjects.get(0)))),
        List.of());
  }

  private static String meaning(List<EvaluatedSystem> subjects) {
    EvaluatedSystem asked = subjects.get(0);
    EvaluatedSystem search = Tradeoff.best(subjects, Task.SEARCH);
    EvaluatedSystem recommendation = Tradeoff.best(subjects, Task.RECOMMENDATION);
    return String.format(
        Locale.ROOT,
        "Search is best with queries drawn %s (%s, as asked %s), recommendation with queries drawn"
            + " %s (%s, as asked %s).",
        search.name(),
        Sentences.recall(search, Task.SEARCH),
        Sentences.recall(asked, Task.SEARCH),
        recommendation.name(),
        Sentences.recall(recommendation, Task.RECOMMENDATION),
        Sentences.recall(asked, Task.RECOMMENDATION));
  }
}
