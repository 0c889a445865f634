package io.sidestream.experiments.schemes;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Task;
import java.util.List;

/**
 * The Semantic ID of each item, for each task.
 *
 * @param shape that holds the IDs of both tasks
 * @param search codes that answer searches, shape [row][level]
 * @param recommendation codes that answer histories, and that histories are written in, shape
 *     [row][level]
 * @param newTokens how many tokens a language model has to learn for them
 * @param residualEnergy share of the vectors' sum of squares that the IDs leave over, in [0, 1] on
 *     what they were fitted to; the mean of both tasks where these differ
 * @param said what the recommendation codes alone say of each item's vector, shape [row][D]; not
 *     copied
 */
public record TaskIds(
    CodebookShape shape,
    int[][] search,
    int[][] recommendation,
    int newTokens,
    double residualEnergy,
    float[][] said) {
  public TaskIds {
    check(
        search.length == recommendation.length && search.length > 0,
        "%d items have an ID for search, %d one for recommendation, expected all both",
        search.length,
        recommendation.length);
    check(
        said.length == search.length,
        "IDs of %d items say something of %d",
        search.length,
        said.length);
  }

  /** One ID for both tasks. */
  public static TaskIds shared(
      CodebookShape shape, int[][] codes, int newTokens, double residualEnergy, float[][] said) {
    return new TaskIds(shape, codes, codes, newTokens, residualEnergy, said);
  }

  /** Shape [row][level]. */
  public int[][] of(Task task) {
    return task == Task.SEARCH ? search : recommendation;
  }

  /** The IDs that a history of these rows is written in, in the same order. */
  public List<int[]> written(List<Integer> rows) {
    return rows.stream().map(row -> recommendation[row]).toList();
  }
}
