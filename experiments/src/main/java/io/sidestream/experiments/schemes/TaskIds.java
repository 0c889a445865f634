package io.sidestream.experiments.schemes;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;
import io.sidestream.model.generator.Task;
import java.util.List;

/**
 * The Semantic IDs of all items, for each task. Arrays are not copied: they have a row for every
 * item.
 *
 * @param shape that holds the IDs of both tasks
 * @param search codes that answer searches, shape [row][level]
 * @param recommendation codes that answer histories, and that histories are written in, shape
 *     [row][level]
 * @param newTokens that the IDs add to a language model's vocabulary
 * @param relativeQuantizationError squared error of the reconstructions over the vectors' sum of
 *     squares, in [0, 1] on what was fitted; the mean of both tasks where their IDs differ
 * @param reconstructions of the items' vectors from their recommendation codes, shape [row][D]
 */
public record TaskIds(
    CodebookShape shape,
    int[][] search,
    int[][] recommendation,
    int newTokens,
    double relativeQuantizationError,
    float[][] reconstructions) {
  public TaskIds {
    check(
        search.length == recommendation.length && search.length > 0,
        "%d items have an ID for search, %d for recommendation, expected as many",
        search.length,
        recommendation.length);
    check(
        reconstructions.length == search.length,
        "IDs of %d items have %d reconstructions, expected as many",
        search.length,
        reconstructions.length);
  }

  /** One ID for both tasks. */
  public static TaskIds shared(
      CodebookShape shape,
      int[][] codes,
      int newTokens,
      double relativeQuantizationError,
      float[][] reconstructions) {
    return new TaskIds(shape, codes, codes, newTokens, relativeQuantizationError, reconstructions);
  }

  /** Shape [row][level]. */
  public int[][] of(Task task) {
    return task == Task.SEARCH ? search : recommendation;
  }

  /** The recommendation IDs of a history's rows, in the same order. */
  public List<int[]> ofHistory(List<Integer> rows) {
    return rows.stream().map(row -> recommendation[row]).toList();
  }
}
