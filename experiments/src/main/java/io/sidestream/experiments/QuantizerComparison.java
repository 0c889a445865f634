package io.sidestream.experiments;

import io.sidestream.experiments.run.DataVariant;
import io.sidestream.experiments.run.EvaluatedIds;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.experiments.trials.PromptStyle;
import io.sidestream.learning.quantizer.Quantizer;
import io.sidestream.learning.quantizer.Quantizers;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Findings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** All quantizers on the vectors of the joint space. */
final class QuantizerComparison implements Experiment {
  @Override
  public String name() {
    return "quantizers";
  }

  @Override
  public String question() {
    return "Which quantizer makes the best IDs of the same vectors?";
  }

  @Override
  public Findings run(ExperimentContext laboratory) throws IOException {
    List<EvaluatedIds> tested = new ArrayList<>();
    for (Quantizer quantizer : Quantizers.all(Quantizing.SHAPE)) {
      tested.add(
          laboratory.trial(
              quantizer.name(), DataVariant.NONE, IdSchemes.JOINT, quantizer, PromptStyle.OWN));
    }
    List<EvaluatedSystem> subjects = tested.stream().map(EvaluatedIds::subject).toList();
    Optional<EvaluatedSystem> reference =
        Optional.of(Tradeoff.named(subjects, Quantizing.PUBLISHED.name()));
    List<String> groups = laboratory.groups();
    return new Findings(
        name(),
        question(),
        meaning(subjects),
        Map.of("vectors", IdSchemes.JOINT.name()),
        List.of(
            RecallTable.ofItems(groups).of("Recall@30 of items", "quantizer", subjects, reference),
            RecallTable.ofRanks(groups).of("Further figures", "quantizer", subjects, reference),
            IdTable.of("The IDs", "quantizer", tested)),
        List.of(
            IdTable.usage("Use of the first code", tested, 0),
            IdTable.usage("Use of the second code", tested, 1),
            IdTable.collisions("Items that share an ID", tested),
            IdTable.perplexities("Perplexity of the codes", tested),
            IdTable.losses("The generators' losses", tested)));
  }

  private static String meaning(List<EvaluatedSystem> subjects) {
    EvaluatedSystem search = Tradeoff.best(subjects, Task.SEARCH);
    EvaluatedSystem recommendation = Tradeoff.best(subjects, Task.RECOMMENDATION);
    EvaluatedSystem published = Tradeoff.named(subjects, Quantizing.PUBLISHED.name());
    return String.format(
        Locale.ROOT,
        "Search is best by %s (%s), recommendation by %s (%s); %s reaches %s and %s.",
        search.name(),
        Sentences.recall(search, Task.SEARCH),
        recommendation.name(),
        Sentences.recall(recommendation, Task.RECOMMENDATION),
        published.name(),
        Sentences.recall(published, Task.SEARCH),
        Sentences.recall(published, Task.RECOMMENDATION));
  }
}
