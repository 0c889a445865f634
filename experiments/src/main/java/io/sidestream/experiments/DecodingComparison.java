package io.sidestream.experiments;

import io.sidestream.experiments.run.EvaluatedSystem;
import io.sidestream.experiments.run.ExperimentContext;
import io.sidestream.experiments.run.IdDecoding;
import io.sidestream.experiments.schemes.IdSchemes;
import io.sidestream.model.generator.Task;
import io.sidestream.report.Findings;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Decodings of one generator: diverse beam search as published, or exact top-k. */
final class DecodingComparison extends Experiment {
  DecodingComparison() {
    super(
        "decoding",
        "What does diverse beam search find that exact top-k of the trie misses, and vice versa?");
  }

  @Override
  Findings run(ExperimentContext context) throws IOException {
    List<EvaluatedSystem> decodings =
        context.decodings(IdSchemes.JOINT, StandardQuantizers.BALANCED);
    Optional<EvaluatedSystem> exact = Optional.of(decodings.get(0));
    List<String> groups = context.groups();
    return findings(
        meaning(decodings),
        Map.of("IDs", IdSchemes.JOINT.name()),
        List.of(
            RecallTable.ofItems(groups).of("Recall@30 of items", "decoding", decodings, exact),
            RecallTable.ofRanks(groups).of("Further metrics", "decoding", decodings, exact)),
        List.of());
  }

  private static String meaning(List<EvaluatedSystem> decodings) {
    EvaluatedSystem exact = EvaluatedSystem.find(decodings, IdDecoding.EXACT.label());
    EvaluatedSystem diverse = EvaluatedSystem.find(decodings, IdDecoding.DIVERSE.label());
    return String.format(
        Locale.ROOT,
        "Diverse beam search as published has %s of the search recall and %s of the recommendation"
            + " recall of exact top-k.",
        Numbers.share(diverse, exact, Task.SEARCH),
        Numbers.share(diverse, exact, Task.RECOMMENDATION));
  }
}
