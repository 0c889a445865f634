package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.codes.CodebookShape;
import java.util.List;

/**
 * What the bi-encoder's training minimizes.
 *
 * @param temperature by which cosines are divided before the softmax, in (0, 1]
 * @param weights of the losses
 * @param collaborativeDropout share of items that a step sees by their text alone, in [0, 1)
 * @param free the items' own vectors
 * @param negatives items drawn evenly from the catalogue for each step, beside those of its pairs,
 *     for every anchor to be told from; each counts for as many items as it stands for. As many as
 *     the catalogue has, or more, make a full softmax
 * @param prefixes lengths of the first parts of vectors that must serve alone, each below the whole
 *     length; the whole length always counts
 * @param commitment of item vectors to codes
 */
public record Objective(
    double temperature,
    LossWeights weights,
    double collaborativeDropout,
    ItemEmbeddingSettings free,
    int negatives,
    List<Integer> prefixes,
    Commitment commitment) {
  /** In-batch negatives and no more, as published. */
  public static final Objective IN_BATCH =
      new Objective(
          0.1, LossWeights.EQUAL, 0.3, ItemEmbeddingSettings.NONE, 0, List.of(), Commitment.NONE);

  /**
   * Against a good part of the catalogue, items with vectors of their own. Histories teach most of
   * what items go together.
   */
  public static final Objective DEFAULT =
      new Objective(
          0.1,
          new LossWeights(1, 0.5, 1),
          0.2,
          new ItemEmbeddingSettings(true, 0, 1, 0),
          2_560,
          List.of(),
          new Commitment(1, CodebookShape.DEFAULT));

  /** Most items of one step. */
  public static final int MAX_NEGATIVES = 1_000_000;

  /** Most first parts of a vector. */
  static final int MAX_PREFIXES = 16;

  public Objective {
    prefixes = List.copyOf(prefixes);
    check(temperature > 0 && temperature <= 1, "temperature is %s, expected (0, 1]", temperature);
    check(
        collaborativeDropout >= 0 && collaborativeDropout < 1,
        "collaborative dropout is %s, expected [0, 1)",
        collaborativeDropout);
    check(
        negatives >= 0 && negatives <= MAX_NEGATIVES,
        "%d negatives, expected 0 to %d",
        negatives,
        MAX_NEGATIVES);
    check(
        prefixes.size() <= MAX_PREFIXES,
        "%d prefixes, expected %d at most",
        prefixes.size(),
        MAX_PREFIXES);
    prefixes.forEach(prefix -> check(prefix > 0, "prefix of %d dimensions", prefix));
  }

  public Objective withTemperature(double other) {
    return new Objective(
        other, weights, collaborativeDropout, free, negatives, prefixes, commitment);
  }

  public Objective withWeights(LossWeights other) {
    return new Objective(
        temperature, other, collaborativeDropout, free, negatives, prefixes, commitment);
  }

  public Objective withDropout(double other) {
    return new Objective(temperature, weights, other, free, negatives, prefixes, commitment);
  }

  public Objective withFree(ItemEmbeddingSettings other) {
    return new Objective(
        temperature, weights, collaborativeDropout, other, negatives, prefixes, commitment);
  }

  public Objective withNegatives(int other) {
    return new Objective(
        temperature, weights, collaborativeDropout, free, other, prefixes, commitment);
  }

  public Objective withPrefixes(List<Integer> other) {
    return new Objective(
        temperature, weights, collaborativeDropout, free, negatives, other, commitment);
  }

  public Objective withCommitment(Commitment other) {
    return new Objective(
        temperature, weights, collaborativeDropout, free, negatives, prefixes, other);
  }
}
