package io.sidestream.model.generator;

import static io.sidestream.schemas.Checks.check;

/**
 * The tokens around a pretrained generator's prompts, in the numbers of its own tokenizer.
 *
 * @param search before a query
 * @param recommendation before the IDs of a history
 * @param endToken after every prompt
 * @param firstCode the token of code 0 of level 0, after all tokens that the model was published
 *     with
 */
public record PromptFrame(int[] search, int[] recommendation, int endToken, int firstCode) {
  public PromptFrame {
    search = search.clone();
    recommendation = recommendation.clone();
    check(
        search.length > 0 && recommendation.length > 0,
        "prompts begin with %d and %d tokens, expected 1 or more",
        search.length,
        recommendation.length);
    check(
        endToken >= 0 && endToken < firstCode,
        "prompts end with token %d, expected one below %d",
        endToken,
        firstCode);
  }

  @Override
  public int[] search() {
    return search.clone();
  }

  @Override
  public int[] recommendation() {
    return recommendation.clone();
  }

  int[] beginning(Task task) {
    return task == Task.SEARCH ? search() : recommendation();
  }
}
