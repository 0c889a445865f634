package io.sidestream.experiments.run;

import static java.util.Objects.requireNonNull;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.embedding.Texts;
import io.sidestream.experiments.embedding.TrainingData;
import io.sidestream.experiments.schemes.TaskIds;
import io.sidestream.learning.evaluation.EvaluationCase;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.evaluation.Ranking;
import io.sidestream.learning.examples.Histories;
import io.sidestream.learning.examples.QueryPool;
import io.sidestream.learning.progress.TrainingProgress;
import io.sidestream.model.codes.CodeTrie;
import io.sidestream.model.generator.Task;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One generator trained on one set of IDs, and the ranks of the relevant items in its answers. All
 * trials have equal examples and equal decoding, so only the IDs differ.
 *
 * @param texts with the vectors of all queries
 */
record Trial(
    TrainingData data,
    Texts texts,
    TaskIds ids,
    PromptStyle style,
    long seed,
    TrainingProgress progress) {
  /**
   * A training example.
   *
   * @param codes of the ID to be generated, coarse to fine; not copied, as every example of an item
   *     shares its row of the IDs
   * @param weight above 0, for generators that are trained with weights
   */
  record Example(EvaluationQuery query, int[] codes, double weight) {}

  /** Queries and histories with the IDs that answer them. */
  List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    for (QueryPool.Chosen one : data.pool().chosen()) {
      EvaluationQuery query = new EvaluationQuery.Query(data.pool().queries().get(one.query()));
      examples.add(new Example(query, ids.search()[one.row()], one.weight()));
    }
    for (Histories.Example step : data.histories()) {
      EvaluationQuery history = new EvaluationQuery.History(step.rows());
      examples.add(new Example(history, ids.recommendation()[step.next()], 1));
    }
    return examples;
  }

  /** The IDs of both tasks: what the generator learns to choose among. */
  CodeTrie allIds() {
    return CodeTrie.of(
        ids.shape(), Stream.of(ids.search(), ids.recommendation()).flatMap(Stream::of).toList());
  }

  /** The ranks by the generator's default decoding, its losses and statistics of the IDs. */
  TrialResult result(TrialGenerator generator) {
    return new TrialResult(
        ranks(generator, generator.defaultDecoding()),
        generator.losses(),
        ids.newTokens(),
        ids.relativeQuantizationError(),
        IdReport.of(ids.shape(), ids.search()),
        IdReport.of(ids.shape(), ids.recommendation()));
  }

  /** The ranks by each decoding's label. */
  NamedRanks decodings(TrialGenerator generator) {
    Map<String, Ranks> ranks = new LinkedHashMap<>();
    for (IdDecoding decoding : IdDecoding.values()) {
      ranks.put(decoding.label(), ranks(generator, decoding));
    }
    return new NamedRanks(ranks);
  }

  private Ranks ranks(TrialGenerator generator, IdDecoding decoding) {
    Map<Task, TaskCatalogue> catalogues = new EnumMap<>(Task.class);
    for (Task task : Task.values()) {
      catalogues.put(task, catalogue(task));
    }
    return Ranks.of(
        data.data().test(),
        group -> ranks(generator, decoding, group, requireNonNull(catalogues.get(group.task()))));
  }

  private List<Ranking> ranks(
      TrialGenerator generator, IdDecoding decoding, CaseGroup group, TaskCatalogue catalogue) {
    Function<EvaluationCase, Ranking> rank =
        one -> catalogue.rank(generator.decode(decoding, one.query(), catalogue.trie()), one);
    return generator.isConcurrent(decoding)
        ? group.cases().parallelStream().map(rank).toList()
        : oneByOne(group, rank);
  }

  /** Reports its progress: this may take hours. */
  private List<Ranking> oneByOne(CaseGroup group, Function<EvaluationCase, Ranking> rank) {
    List<Ranking> rankings = new ArrayList<>();
    int cases = group.cases().size();
    progress.stage("answers", String.format(Locale.ROOT, "%,d %s", cases, group.name()));
    for (EvaluationCase one : group.cases()) {
      rankings.add(rank.apply(one));
      progress.step(rankings.size(), cases);
    }
    progress.finished("answers", "");
    return rankings;
  }

  private TaskCatalogue catalogue(Task task) {
    return TaskCatalogue.of(ids.shape(), ids.of(task), data.counts(task));
  }
}
