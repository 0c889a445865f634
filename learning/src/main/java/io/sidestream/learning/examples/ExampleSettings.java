package io.sidestream.learning.examples;

import static io.sidestream.schemas.Checks.check;

/**
 * How much of a corpus the networks see.
 *
 * @param sentences how many sentences of an item's texts become queries, beside its title
 * @param pseudoWeight weight of an item's own words; a search that was made once has weight 1
 * @param stepsPerUser newest steps of one person's history
 * @param steps steps of histories altogether; a sample when there are more
 */
public record ExampleSettings(int sentences, double pseudoWeight, int stepsPerUser, int steps) {
  /** Most sentences of one item. */
  public static final int MAX_SENTENCES = 100;

  public ExampleSettings {
    check(
        sentences >= 0 && sentences <= MAX_SENTENCES,
        "%d sentences of an item, expected 0 to %d",
        sentences,
        MAX_SENTENCES);
    check(pseudoWeight > 0, "weight of an item's own words is %s, expected above 0", pseudoWeight);
    check(
        stepsPerUser > 0 && steps > 0,
        "%d steps per user, %d in all, expected 1 or more",
        stepsPerUser,
        steps);
  }
}
