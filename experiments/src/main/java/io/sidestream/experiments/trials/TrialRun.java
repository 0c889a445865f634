package io.sidestream.experiments.trials;

import io.sidestream.experiments.data.Case;
import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.evaluation.Ranking;
import io.sidestream.experiments.schemes.TaskIds;
import io.sidestream.model.generator.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Trains one generator on one set of IDs, and asks it for every test case. */
record TrialRun(TrialTask task, TrialGenerator generator) {

  TrialResult run() throws IOException {
    try (TrainedTrial trained = generator.train(task)) {
      return result(asked(trained.usual()), trained);
    }
  }

  /** The same generator read out in every way. */
  DecodingResult decodings() throws IOException {
    try (TrainedTrial trained = generator.train(task)) {
      Map<String, Map<String, Ranks>> test = new TreeMap<>();
      trained.decoders().forEach((name, decoder) -> test.put(name, asked(decoder)));
      return new DecodingResult(test);
    }
  }

  /** The ranks of all groups' wanted items. */
  private Map<String, Ranks> asked(CaseDecoder decoder) {
    Map<Task, TaskCatalogue> catalogues = new EnumMap<>(Task.class);
    for (Task one : Task.values()) {
      catalogues.put(one, catalogue(one));
    }
    Map<String, Ranks> ranks = new TreeMap<>();
    for (CaseGroup group : task.material().data().test()) {
      ranks.put(group.name(), asked(decoder, group, catalogues.get(group.task())));
    }
    return ranks;
  }

  private Ranks asked(CaseDecoder decoder, CaseGroup group, TaskCatalogue catalogue) {
    return Ranks.of(
        decoder.severalAtOnce()
            ? group.cases().parallelStream().map(one -> ranking(decoder, one, catalogue)).toList()
            : oneByOne(decoder, group, catalogue));
  }

  /** Says how far it is: this may take hours. */
  private List<Ranking> oneByOne(CaseDecoder decoder, CaseGroup group, TaskCatalogue catalogue) {
    List<Ranking> rankings = new ArrayList<>();
    int cases = group.cases().size();
    task.progress().stage("answers", String.format(Locale.ROOT, "%,d %s", cases, group.name()));
    for (Case one : group.cases()) {
      rankings.add(ranking(decoder, one, catalogue));
      task.progress().step(rankings.size(), cases);
    }
    task.progress().finished("answers", "");
    return rankings;
  }

  private static Ranking ranking(CaseDecoder decoder, Case one, TaskCatalogue catalogue) {
    return IdRanking.of(decoder.decode(one, catalogue), one, catalogue);
  }

  private TaskCatalogue catalogue(Task one) {
    var training = task.material().data().training();
    var rows = task.material().data().rows();
    float[] counts =
        one == Task.SEARCH
            ? rows.searches(training.searches())
            : rows.interactions(training.interactions());
    return TaskCatalogue.of(task.ids().shape(), task.ids().of(one), counts);
  }

  private TrialResult result(Map<String, Ranks> test, TrainedTrial trained) {
    TaskIds ids = task.ids();
    return new TrialResult(
        test,
        trained.losses(),
        ids.newTokens(),
        ids.residualEnergy(),
        IdReport.of(ids.shape(), ids.search()),
        IdReport.of(ids.shape(), ids.recommendation()));
  }
}
