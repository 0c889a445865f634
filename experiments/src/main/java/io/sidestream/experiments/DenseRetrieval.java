package io.sidestream.experiments;

import io.sidestream.experiments.run.DataVariant;
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

/** Exact search in every space that queries and histories lead into: what is lost before any ID. */
final class DenseRetrieval implements Experiment {
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
  public Findings run(ExperimentContext laboratory) throws IOException {
    List<EvaluatedSystem> spaces = new ArrayList<>();
    for (IdScheme way : IdSchemes.ALL) {
      laboratory.dense(way.name(), DataVariant.NONE, way).ifPresent(spaces::add);
    }
    List<EvaluatedSystem> rows = new ArrayList<>(spaces);
    rows.addAll(laboratory.baselines(DataVariant.NONE));
    List<String> groups = laboratory.groups();
    Optional<EvaluatedSystem> joint = Optional.of(Tradeoff.named(spaces, IdSchemes.JOINT.name()));
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

  private static String meaning(List<EvaluatedSystem> spaces) {
    EvaluatedSystem joint = Tradeoff.named(spaces, IdSchemes.JOINT.name());
    EvaluatedSystem search = Tradeoff.best(spaces, Task.SEARCH);
    EvaluatedSystem recommendation = Tradeoff.best(spaces, Task.RECOMMENDATION);
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
