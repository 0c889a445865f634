package io.sidestream.experiments;

import io.sidestream.experiments.lab.Figures;
import io.sidestream.experiments.lab.Laboratory;
import io.sidestream.experiments.lab.Subject;
import io.sidestream.experiments.lab.Tested;
import io.sidestream.experiments.lab.Variant;
import io.sidestream.experiments.report.Axis;
import io.sidestream.experiments.report.Findings;
import io.sidestream.experiments.report.Scatter;
import io.sidestream.experiments.ways.IdWay;
import io.sidestream.experiments.ways.Ways;
import io.sidestream.model.generator.Task;
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
  public Findings run(Laboratory laboratory) throws IOException {
    List<Tested> tested = new ArrayList<>();
    List<Subject> dense = new ArrayList<>();
    for (IdWay way : Ways.ALL) {
      tested.add(laboratory.trial(way, Quantizing.STANDARD));
      laboratory.dense("exact search, " + way.name(), Variant.NONE, way).ifPresent(dense::add);
    }
    List<Subject> ways = tested.stream().map(Tested::subject).toList();
    List<Subject> others = new ArrayList<>(laboratory.baselines(Variant.NONE));
    others.addAll(dense);
    List<String> groups = laboratory.groups();
    Optional<Subject> reference = Optional.of(named(ways, Ways.MULTI_TASK.name()));
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

  private static Scatter scatter(List<Subject> ways) {
    Figures search = Figures.recall(Task.SEARCH);
    Figures recommendation = Figures.recall(Task.RECOMMENDATION);
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

  private static String meaning(List<Subject> ways, List<Subject> others) {
    Subject joint = named(ways, Ways.JOINT.name());
    Subject published = named(ways, Ways.MULTI_TASK.name());
    Subject search = best(specialists(ways, Ways.SEARCH_TUNED, Ways.JOINT_SEARCH), Task.SEARCH);
    Subject recommendation =
        best(
            specialists(ways, Ways.RECOMMENDATION_TUNED, Ways.JOINT_RECOMMENDATION),
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

  private static List<Subject> specialists(List<Subject> ways, IdWay published, IdWay joint) {
    return List.of(named(ways, published.name()), named(ways, joint.name()));
  }

  static Subject named(List<Subject> subjects, String name) {
    return subjects.stream()
        .filter(subject -> subject.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no subject is named " + name));
  }

  /** The subject with the highest recall of a task. */
  static Subject best(List<Subject> subjects, Task task) {
    return subjects.stream()
        .max(Comparator.comparingDouble(one -> Figures.recall(task).mean(one).orElse(0)))
        .orElseThrow();
  }
}
