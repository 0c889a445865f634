package io.sidestream.learning.examples;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

/**
 * Size of the training set.
 *
 * @param sentences number of sentences of an item's texts that become pseudo-queries, beside its
 *     title
 * @param pseudoWeight weight of a pseudo-query; a search that occurs once has weight 1
 * @param stepsPerUser latest steps of one user's history
 * @param steps steps of histories altogether; a sample when there are more
 */
public record ExampleSettings(int sentences, double pseudoWeight, int stepsPerUser, int steps) {
  /** Maximum number of sentences of one item. */
  public static final int MAX_SENTENCES = 100;

  public ExampleSettings {
    checkRange(sentences, 0, MAX_SENTENCES, "%d sentences of an item");
    check(pseudoWeight > 0, "weight of pseudo-queries is %s, expected above 0", pseudoWeight);
    check(
        stepsPerUser > 0 && steps > 0,
        "%d steps per user, %d in all, expected 1 or more",
        stepsPerUser,
        steps);
  }
}
