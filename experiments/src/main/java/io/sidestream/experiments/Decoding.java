package io.sidestream.experiments;

import io.sidestream.experiments.evaluation.GroupEvaluation;
import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.experiments.trials.Decodings;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Findings;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How IDs are read out of a generator: diverse beams as published, or the likeliest exactly. */
final class Decoding implements Experiment {
  private static final List<String> DECODINGS =
      List.of(Decodings.EXACT, Decodings.PLAIN, Decodings.PUBLISHED, Decodings.PUBLISHED_ON_TRIE);

  @Override
  public String name() {
    return "decoding";
  }

  @Override
  public String question() {
    return "What do diverse beams find that the likeliest IDs of the trie miss, and the other way"
        + " round?";
  }

  @Override
  public Findings run(ExperimentContext laboratory) throws IOException {
    Map<String, List<List<GroupEvaluation>>> measured =
        laboratory.decodings(IdSchemes.JOINT, Quantizing.STANDARD);
    List<EvaluatedSystem> subjects =
        DECODINGS.stream().map(name -> new EvaluatedSystem(name, measured.get(name))).toList();
    Optional<EvaluatedSystem> exact = Optional.of(subjects.get(0));
    List<String> groups = laboratory.groups();
    return new Findings(
        name(),
        question(),
        meaning(subjects),
        Map.of("IDs", IdSchemes.JOINT.name()),
        List.of(
            RecallTable.ofItems(groups).of("Recall@30 of items", "decoding", subjects, exact),
            RecallTable.ofRanks(groups).of("Further figures", "decoding", subjects, exact)),
        List.of());
  }

  private static String meaning(List<EvaluatedSystem> subjects) {
    EvaluatedSystem published = Tradeoff.named(subjects, Decodings.PUBLISHED);
    EvaluatedSystem exact = subjects.get(0);
    return String.format(
        Locale.ROOT,
        "Diverse beams as published keep %s of search and %s of recommendation of what the"
            + " likeliest IDs of the trie reach.",
        Sentences.share(published, exact, Task.SEARCH),
        Sentences.share(published, exact, Task.RECOMMENDATION));
  }
}
