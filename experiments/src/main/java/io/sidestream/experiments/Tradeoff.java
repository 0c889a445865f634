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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All ID schemes on both tasks: what the specialists lose, and what joint IDs keep. */
final class Tradeoff extends Experiment {
  Tradeoff() {
    super(
        "tradeoff",
        "Which ID scheme serves search and recommendation at once, and what does each specialist"
            + " lose in the other task?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    List<EvaluatedIds> ids = new ArrayList<>();
    List<EvaluatedSystem> others = new ArrayList<>(context.baselines(DataVariant.NONE));
    for (IdScheme scheme : IdSchemes.ALL) {
      ids.add(context.trial(scheme, StandardQuantizers.BALANCED));
      context
          .dense("dense retrieval, " + scheme.name(), DataVariant.NONE, scheme)
          .ifPresent(others::add);
    }
    List<EvaluatedSystem> schemes = ids.stream().map(EvaluatedIds::system).toList();
    List<String> groups = context.groups();
    Optional<EvaluatedSystem> reference =
        Optional.of(EvaluatedSystem.find(schemes, IdSchemes.MULTI_TASK.name()));
    return findings(
        meaning(schemes, others),
        Map.of(),
        List.of(
            RecallTable.ofItems(groups).of("Recall@30 of items", "ID scheme", schemes, reference),
            RecallTable.ofItems(groups)
                .of("Recall@30 of items without a generator", "system", others, Optional.empty()),
            RecallTable.ofRanks(groups).of("Further metrics", "ID scheme", schemes, reference),
            IdTable.of("The IDs", "ID scheme", ids)),
        List.of(
            scatter(schemes),
            IdTable.losses("Losses of the generators", ids),
            IdTable.usage("Code usage, level 1", ids, 0),
            IdTable.collisions("Items that share an ID", ids)));
  }

  private static Scatter scatter(List<EvaluatedSystem> schemes) {
    MetricSelector search = MetricSelector.recall(Task.SEARCH);
    MetricSelector recommendation = MetricSelector.recall(Task.RECOMMENDATION);
    return new Scatter(
        "Search against recommendation",
        "Recall@30 of items over all searches and all recommendations; the line is the Pareto"
            + " front.",
        Axis.higher("search"),
        Axis.higher("recommendation"),
        schemes.stream()
            .map(
                scheme ->
                    new Scatter.Mark(
                        scheme.name(),
                        scheme.recall(Task.SEARCH),
                        scheme.recall(Task.RECOMMENDATION),
                        search.spread(scheme),
                        recommendation.spread(scheme)))
            .toList(),
        true);
  }

  private static String meaning(List<EvaluatedSystem> schemes, List<EvaluatedSystem> others) {
    EvaluatedSystem joint = EvaluatedSystem.find(schemes, IdSchemes.JOINT.name());
    EvaluatedSystem published = EvaluatedSystem.find(schemes, IdSchemes.MULTI_TASK.name());
    EvaluatedSystem search =
        specialist(schemes, IdSchemes.SEARCH_TUNED, IdSchemes.JOINT_SEARCH, Task.SEARCH);
    EvaluatedSystem recommendation =
        specialist(
            schemes,
            IdSchemes.RECOMMENDATION_TUNED,
            IdSchemes.JOINT_RECOMMENDATION,
            Task.RECOMMENDATION);
    String collapse = Collapses.sentence(schemes, others);
    return String.format(
        Locale.ROOT,
        "Of the best specialists' recall (%s %s, %s %s), multi-task IDs as published keep %s and"
            + " %s, multi-task IDs of joint towers %s and %s.%s",
        search.name(),
        Numbers.recall(search, Task.SEARCH),
        recommendation.name(),
        Numbers.recall(recommendation, Task.RECOMMENDATION),
        Numbers.share(published, search, Task.SEARCH),
        Numbers.share(published, recommendation, Task.RECOMMENDATION),
        Numbers.share(joint, search, Task.SEARCH),
        Numbers.share(joint, recommendation, Task.RECOMMENDATION),
        collapse.isEmpty() ? "" : " " + collapse);
  }

  /** The better one of two specialists in their task. */
  private static EvaluatedSystem specialist(
      List<EvaluatedSystem> schemes, IdScheme published, IdScheme joint, Task task) {
    return EvaluatedSystem.best(
        List.of(
            EvaluatedSystem.find(schemes, published.name()),
            EvaluatedSystem.find(schemes, joint.name())),
        task);
  }
}
