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

/** Whether spaces of unequal kind fuse better by beginnings that were trained to serve alone. */
final class Matryoshka implements Experiment {
  @Override
  public String name() {
    return "matryoshka";
  }

  @Override
  public String question() {
    return "Do the beginnings of Matryoshka-trained vectors fuse two spaces better than"
        + " concatenation, truncation or SVD?";
  }

  @Override
  public Findings run(ExperimentContext laboratory) throws IOException {
    List<EvaluatedIds> tested = new ArrayList<>();
    for (IdScheme way :
        List.of(
            IdSchemes.MATRYOSHKA,
            IdSchemes.TRUNCATED,
            IdSchemes.CONCATENATED,
            IdSchemes.SVD,
            IdSchemes.JOINT)) {
      tested.add(laboratory.trial(way, Quantizing.STANDARD));
    }
    List<EvaluatedSystem> subjects = tested.stream().map(EvaluatedIds::subject).toList();
    return new Findings(
        name(),
        question(),
        meaning(subjects),
        Map.of(),
        List.of(
            RecallTable.ofItems(laboratory.groups())
                .of("Recall@30 of items", "fusion", subjects, Optional.of(subjects.get(0))),
            IdTable.of("The IDs", "fusion", tested)),
        List.of());
  }

  private static String meaning(List<EvaluatedSystem> subjects) {
    EvaluatedSystem nested = subjects.get(0);
    EvaluatedSystem cut = subjects.get(1);
    return String.format(
        Locale.ROOT,
        "Halves trained to serve alone reach %s in search and %s in recommendation, halves cut from"
            + " ordinary vectors %s and %s, the joint space %s and %s.",
        Sentences.recall(nested, Task.SEARCH),
        Sentences.recall(nested, Task.RECOMMENDATION),
        Sentences.recall(cut, Task.SEARCH),
        Sentences.recall(cut, Task.RECOMMENDATION),
        Sentences.recall(subjects.get(4), Task.SEARCH),
        Sentences.recall(subjects.get(4), Task.RECOMMENDATION));
  }
}
