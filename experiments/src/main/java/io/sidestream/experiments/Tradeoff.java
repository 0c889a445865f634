package io.sidestream.experiments;

import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedIds;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.MetricSelector;
import io.sidestream.experiments.schemes.IdScheme;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Axis;
import io.sidestream.report.Findings;
import io.sidestream.report.Scatter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All ways to build IDs against both tasks: what the specialists lose, and what joint IDs keep. */
final class Tradeoff implements Experiment {
  @Override
  public String name() {
    return "tradeoff";
  }

  @Override
  public String question() {
    return "Which way to build IDs serves search and recommendation at once, and what does each"
        + " specialist lose in the other's task?";
  }

  @Override
  public Findings run(ExperimentContext laboratory) throws IOException {
    List<EvaluatedIds> tested = new ArrayList<>();
    List<EvaluatedSystem> dense = new ArrayList<>();
    for (IdScheme way : IdSchemes.ALL) {
      tested.add(laboratory.trial(way, Quantizing.STANDARD));
      laboratory.dense("exact search, " + way.name(), DataVariant.NONE, way).ifPresent(dense::add);
    }
    List<EvaluatedSystem> ways = tested.stream().map(EvaluatedIds::subject).toList();
    List<EvaluatedSystem> others = new ArrayList<>(laboratory.baselines(DataVariant.NONE));
    others.addAll(dense);
    List<String> groups = laboratory.groups();
    Optional<EvaluatedSystem> reference = Optional.of(named(ways, IdSchemes.MULTI_TASK.name()));
    return new Findings(
        name(),
        question(),
        meaning(ways, others),
        Map.of(),
        List.of(
            RecallTable.ofItems(groups).of("Recall@30 of items", "IDs", ways, reference),
            RecallTable.ofItems(groups)
                .of("The same without a generator", "system", others, Optional.empty()),
            RecallTable.ofRanks(groups).of("Further figures", "IDs", ways, reference),
            IdTable.of("The IDs", "IDs", tested)),
        List.of(
            scatter(ways),
            IdTable.losses("The generators' losses", tested),
            IdTable.usage("Use of the first code", tested, 0),
            IdTable.collisions("Items that share an ID", tested)));
  }

  private static Scatter scatter(List<EvaluatedSystem> ways) {
    MetricSelector search = MetricSelector.recall(Task.SEARCH);
    MetricSelector recommendation = MetricSelector.recall(Task.RECOMMENDATION);
    return new Scatter(
        "Search against recommendation",
        "Recall@30 of items over all searches and all recommendations; the line is the Pareto"
            + " front.",
        Axis.higher("search"),
        Axis.higher("recommendation"),
        ways.stream()
            .map(
                way ->
                    new Scatter.Mark(
                        way.name(),
                        search.mean(way).orElse(0),
                        recommendation.mean(way).orElse(0),
                        search.spread(way),
                        recommendation.spread(way)))
            .toList(),
        true,
        List.of());
  }

  private static String meaning(List<EvaluatedSystem> ways, List<EvaluatedSystem> others) {
    EvaluatedSystem joint = named(ways, IdSchemes.JOINT.name());
    EvaluatedSystem published = named(ways, IdSchemes.MULTI_TASK.name());
    EvaluatedSystem search =
        best(specialists(ways, IdSchemes.SEARCH_TUNED, IdSchemes.JOINT_SEARCH), Task.SEARCH);
    EvaluatedSystem recommendation =
        best(
            specialists(ways, IdSchemes.RECOMMENDATION_TUNED, IdSchemes.JOINT_RECOMMENDATION),
            Task.RECOMMENDATION);
    String collapse = Collapses.sentence(ways, others);
    return String.format(
        Locale.ROOT,
        "Of the best specialists' recall (%s %s, %s %s), multi-task IDs as published keep %s and"
            + " %s, multi-task IDs of joint towers %s and %s.%s",
        search.name(),
        Sentences.recall(search, Task.SEARCH),
        recommendation.name(),
        Sentences.recall(recommendation, Task.RECOMMENDATION),
        Sentences.share(published, search, Task.SEARCH),
        Sentences.share(published, recommendation, Task.RECOMMENDATION),
        Sentences.share(joint, search, Task.SEARCH),
        Sentences.share(joint, recommendation, Task.RECOMMENDATION),
        collapse.isEmpty() ? "" : " " + collapse);
  }

  private static List<EvaluatedSystem> specialists(
      List<EvaluatedSystem> ways, IdScheme published, IdScheme joint) {
    return List.of(named(ways, published.name()), named(ways, joint.name()));
  }

  static EvaluatedSystem named(List<EvaluatedSystem> subjects, String name) {
    return subjects.stream()
        .filter(subject -> subject.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no subject is named " + name));
  }

  /** The subject with the highest recall of a task. */
  static EvaluatedSystem best(List<EvaluatedSystem> subjects, Task task) {
    return subjects.stream()
        .max(Comparator.comparingDouble(one -> MetricSelector.recall(task).mean(one).orElse(0)))
        .orElseThrow();
  }
}
