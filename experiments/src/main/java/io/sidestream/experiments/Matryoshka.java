package io.sidestream.experiments;

import io.sidestream.experiments.lab.Laboratory;
import io.sidestream.experiments.lab.Subject;
import io.sidestream.experiments.lab.Tested;
import io.sidestream.experiments.report.Findings;
import io.sidestream.experiments.ways.IdWay;
import io.sidestream.experiments.ways.Ways;
import io.sidestream.model.generator.Task;
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
  public Findings run(Laboratory laboratory) throws IOException {
    List<Tested> tested = new ArrayList<>();
    for (IdWay way :
        List.of(Ways.MATRYOSHKA, Ways.TRUNCATED, Ways.CONCATENATED, Ways.SVD, Ways.JOINT)) {
      tested.add(laboratory.trial(way, Quantizing.STANDARD));
    }
    List<Subject> subjects = tested.stream().map(Tested::subject).toList();
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

  private static String meaning(List<Subject> subjects) {
    Subject nested = subjects.get(0);
    Subject cut = subjects.get(1);
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
