package io.sidestream.experiments;

import io.sidestream.experiments.lab.Laboratory;
import io.sidestream.experiments.lab.Subject;
import io.sidestream.experiments.lab.Variant;
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

/** Exact search in every space that queries and histories lead into: what is lost before any ID. */
final class SpacesAlone implements Experiment {
  @Override
  public String name() {
    return "spaces";
  }

  @Override
  public String question() {
    return "What does one space for both tasks keep of the specialists' spaces, before any ID is"
        + " made?";
  }

  @Override
  public Findings run(Laboratory laboratory) throws IOException {
    List<Subject> spaces = new ArrayList<>();
    for (IdWay way : Ways.ALL) {
      laboratory.dense(way.name(), Variant.NONE, way).ifPresent(spaces::add);
    }
    List<Subject> rows = new ArrayList<>(spaces);
    rows.addAll(laboratory.baselines(Variant.NONE));
    List<String> groups = laboratory.groups();
    Optional<Subject> joint = Optional.of(Tradeoff.named(spaces, Ways.JOINT.name()));
    return new Findings(
        name(),
        question(),
        meaning(spaces),
        Map.of(),
        List.of(
            RecallTable.ofItems(groups)
                .of("Recall@30 of items, exact search", "space", rows, joint),
            RecallTable.ofRanks(groups).of("Further figures", "space", rows, joint)),
        List.of());
  }

  private static String meaning(List<Subject> spaces) {
    Subject joint = Tradeoff.named(spaces, Ways.JOINT.name());
    Subject search = Tradeoff.best(spaces, Task.SEARCH);
    Subject recommendation = Tradeoff.best(spaces, Task.RECOMMENDATION);
    return String.format(
        Locale.ROOT,
        "One joint space keeps %s of the best search (%s, %s) and %s of the best recommendation (%s,"
            + " %s).",
        Sentences.share(joint, search, Task.SEARCH),
        search.name(),
        Sentences.recall(search, Task.SEARCH),
        Sentences.share(joint, recommendation, Task.RECOMMENDATION),
        recommendation.name(),
        Sentences.recall(recommendation, Task.RECOMMENDATION));
  }
}
