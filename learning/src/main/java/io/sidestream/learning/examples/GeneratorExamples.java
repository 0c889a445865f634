package io.sidestream.learning.examples;

import io.sidestream.learning.generator.GeneratorExample;
import io.sidestream.model.ranking.PromptEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * Training examples of the generator: prompts as in serving, with the IDs of the relevant items.
 */
public final class GeneratorExamples {
  private final PromptEncoder prompts;
  private final int[][] codes; // [row][level]
  private final float[][] vectors; // [row][D]

  /**
   * @param codes of the items, shape [row][level]
   * @param vectors of the items, shape [row][D]
   */
  public GeneratorExamples(PromptEncoder prompts, int[][] codes, float[][] vectors) {
    this.prompts = prompts;
    this.codes = codes;
    this.vectors = vectors;
  }

  /**
   * Examples of searches.
   *
   * @param textVectors of the pool's queries, shape [query][E]
   * @param weight above 0, of each search
   */
  public List<GeneratorExample> searches(QueryPool pool, float[][] textVectors, double weight) {
    List<GeneratorExample> examples = new ArrayList<>(pool.chosen().size());
    for (QueryPool.Chosen one : pool.chosen()) {
      String query = pool.queries().get(one.query());
      examples.add(
          new GeneratorExample(
              prompts.search(query, textVectors[one.query()]),
              codes[one.row()],
              (float) (weight * one.weight())));
    }
    return examples;
  }

  /**
   * Examples of histories with the next item.
   *
   * @param weight above 0, of each
   */
  public List<GeneratorExample> histories(List<Histories.Example> steps, double weight) {
    return steps.stream().map(step -> example(step, (float) weight)).toList();
  }

  private GeneratorExample example(Histories.Example step, float weight) {
    int[][] historyCodes = step.rows().stream().map(row -> codes[row]).toArray(int[][]::new);
    float[][] historyVectors =
        step.rows().stream().map(row -> vectors[row]).toArray(float[][]::new);
    return new GeneratorExample(
        prompts.recommendation(List.of(historyCodes), List.of(historyVectors)),
        codes[step.next()],
        weight);
  }
}
