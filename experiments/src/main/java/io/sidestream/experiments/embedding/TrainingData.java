package io.sidestream.experiments.embedding;

import io.sidestream.experiments.data.CaseGroup;
import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.learning.evaluation.EvaluationQuery;
import io.sidestream.learning.examples.Histories;
import io.sidestream.learning.examples.QueryPool;
import io.sidestream.model.generator.Task;
import io.sidestream.model.text.ItemTextTemplate;
import io.sidestream.schemas.NormalizedQuery;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The training set of all systems: item texts, queries and histories of one split.
 *
 * @param data split by one seed
 * @param itemTexts by row
 * @param pool queries with their relevant items
 * @param histories with the item that followed
 */
public record TrainingData(
    ExperimentData data,
    List<String> itemTexts,
    QueryPool pool,
    List<Histories.Example> histories) {
  private static final ItemTextTemplate TEMPLATE = ItemTextTemplate.V1;

  /** The training set of a split. */
  public static TrainingData of(ExperimentData data, EmbeddingSpaceSettings settings, long seed) {
    Histories histories =
        new Histories(
            settings.encoder().historyItems(),
            settings.examples().stepsPerUser(),
            settings.examples().steps());
    return new TrainingData(
        data,
        data.training().items().stream().map(TEMPLATE::render).toList(),
        QueryPool.of(data.training(), data.rows(), settings.examples()),
        histories.of(data.training().interactions(), data.rows(), seed));
  }

  /** The same with other training queries. */
  public TrainingData with(QueryPool other) {
    return new TrainingData(data, itemTexts, other, histories);
  }

  /** How often each item was searched for, or interacted with, in training; shape [row]. */
  public float[] counts(Task task) {
    return data.rows().counts(data.training(), task);
  }

  /** All texts that are ever encoded: items, training queries, queries of cases. */
  public Set<String> allTexts() {
    Set<String> texts = new LinkedHashSet<>(itemTexts);
    texts.addAll(pool.queries());
    texts.addAll(caseQueries());
    return texts;
  }

  /** The queries of all cases, normalized, each once, in their order. */
  List<String> caseQueries() {
    Set<String> queries = new LinkedHashSet<>();
    Stream.of(data.validation(), data.test())
        .flatMap(List::stream)
        .map(CaseGroup::cases)
        .flatMap(List::stream)
        .forEach(one -> one.query().fold(query -> queries.add(normalized(query)), rows -> false));
    return List.copyOf(queries);
  }

  private static String normalized(EvaluationQuery.Query query) {
    return NormalizedQuery.of(query.text());
  }
}
