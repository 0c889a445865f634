package io.sidestream.experiments.spaces;

import io.sidestream.experiments.data.ExperimentData;
import io.sidestream.model.text.ItemTextTemplate;
import io.sidestream.trainer.examples.Histories;
import io.sidestream.trainer.examples.QueryPool;
import java.util.List;

/**
 * What everything is learned from: the training corpus as texts, queries, histories and feedback.
 *
 * @param data split by one seed
 * @param itemTexts by row
 * @param pool queries with the items they should find
 * @param histories with the item that followed
 */
public record LearningMaterial(
    ExperimentData data, List<String> itemTexts, QueryPool pool, List<Histories.Step> histories) {
  private static final ItemTextTemplate TEMPLATE = ItemTextTemplate.V1;

  /** The material of a split. */
  public static LearningMaterial of(ExperimentData data, SpaceSettings settings, long seed) {
    Histories histories =
        new Histories(
            settings.encoder().historyItems(),
            settings.examples().stepsPerUser(),
            settings.examples().steps());
    return new LearningMaterial(
        data,
        data.training().items().stream().map(TEMPLATE::render).toList(),
        QueryPool.of(data.training(), data.rows(), settings.examples()),
        histories.of(data.training().interactions(), data.rows(), seed));
  }

  /** The same with other queries to learn from. */
  public LearningMaterial with(QueryPool other) {
    return new LearningMaterial(data, itemTexts, other, histories);
  }
}
