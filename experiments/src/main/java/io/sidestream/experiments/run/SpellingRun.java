package io.sidestream.experiments.run;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.experiments.data.TypingErrors;
import io.sidestream.learning.evaluation.CaseCollector;
import io.sidestream.learning.evaluation.CollectedCases;
import io.sidestream.learning.generation.CandidateGeneration;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.generator.Task;
import io.sidestream.model.ranking.QueryReading;
import io.sidestream.model.ranking.Retriever;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Searches test cases as they were typed and with one typing error each, both as typed and with
 * mistyped words read as they were meant.
 *
 * @param seed of the cases and of the errors
 */
record SpellingRun(ExperimentData data, long seed, TrainingProgress progress) {
  /** Most cases of a group: each is searched four times. */
  static final int MAX_CASES = 1_000;

  /** The split with the searches alone, at most {@value #MAX_CASES} of each group. */
  static ExperimentData searches(ExperimentData data, long seed) {
    Random random = new Random(seed);
    return data.testedOn(
        data.test().stream()
            .filter(group -> group.task() == Task.SEARCH)
            .map(group -> group.drawn(MAX_CASES, random))
            .toList());
  }

  NamedRanks by(CandidateGeneration learned) {
    List<CaseGroup> right = searches(data, seed).test();
    Random random = new Random(seed);
    List<CaseGroup> mistyped = right.stream().map(group -> TypingErrors.in(group, random)).toList();
    Retriever typed = learned.answering();
    Retriever meant = typed.reading(QueryReading.AS_MEANT);
    Map<String, Ranks> named = new LinkedHashMap<>();
    named.put(SpellingSystems.RIGHT, ranks(learned, typed, right));
    named.put(SpellingSystems.RIGHT_READ, ranks(learned, meant, right));
    named.put(SpellingSystems.MISTYPED, ranks(learned, typed, mistyped));
    named.put(SpellingSystems.MISTYPED_READ, ranks(learned, meant, mistyped));
    return new NamedRanks(named);
  }

  private Ranks ranks(CandidateGeneration learned, Retriever answering, List<CaseGroup> groups) {
    Map<String, Ranks.Group> ranks = new LinkedHashMap<>();
    CaseCollector collector =
        new CaseCollector(answering, learned.catalogue(), learned.coded().assignments().items());
    for (CaseGroup group : groups) {
      progress.stage("typing errors", "%s, %,d cases", group.name(), group.cases().size());
      CollectedCases cases = collector.collect(group.cases(), progress);
      ranks.put(group.name(), new Ranks.Group(cases.ranks(learned.ranking()), cases.idRanks()));
    }
    return new Ranks(ranks);
  }
}
