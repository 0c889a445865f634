package io.sidestream.experiments;

import io.sidestream.experiments.lab.Laboratory;
import io.sidestream.experiments.lab.QueryDraw;
import io.sidestream.experiments.lab.Subject;
import io.sidestream.experiments.lab.Tested;
import io.sidestream.experiments.lab.Variant;
import io.sidestream.experiments.report.Findings;
import io.sidestream.experiments.trials.PromptStyle;
import io.sidestream.experiments.ways.Ways;
import io.sidestream.model.generator.Task;
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
  public Findings run(Laboratory laboratory) throws IOException {
    List<Tested> tested = new ArrayList<>();
    for (QueryDraw draw : QueryDraw.values()) {
      tested.add(
          laboratory.trial(
              draw.label(), Variant.drawn(draw), Ways.JOINT, Quantizing.STANDARD, PromptStyle.OWN));
    }
    List<Subject> subjects = tested.stream().map(Tested::subject).toList();
    return new Findings(
        name(),
        question(),
        meaning(subjects),
        Map.of("IDs", Ways.JOINT.name(), "popularity", "interactions in training"),
        List.of(
            RecallTable.ofItems(laboratory.groups())
                .of("Recall@30 of items", "queries drawn", subjects, Optional.of(subjects.get(0)))),
        List.of());
  }

  private static String meaning(List<Subject> subjects) {
    Subject asked = subjects.get(0);
    Subject search = Tradeoff.best(subjects, Task.SEARCH);
    Subject recommendation = Tradeoff.best(subjects, Task.RECOMMENDATION);
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
