package io.sidestream.learning.biencoder;

import static io.sidestream.schemas.Checks.check;
import static io.sidestream.schemas.Checks.checkRange;

import java.util.List;

/**
 * What the bi-encoder's training minimizes.
 *
 * @param temperature by which cosines are divided before the softmax, in (0, 1]
 * @param weights of the losses
 * @param collaborativeDropout rate at which a step drops an item's collaborative vector, in [0, 1)
 * @param itemEmbedding the items' learned embeddings
 * @param sampledNegatives negatives drawn uniformly from the catalogue for each step, beside the
 *     items of its pairs; each is weighted by the inverse of its sampling rate. As many as the
 *     catalogue has, or more, make a full softmax
 * @param prefixes lengths of the prefixes of vectors that the loss counts too, below the whole
 *     length
 * @param commitment of item vectors to their codes
 */
public record Objective(
    double temperature,
    LossWeights weights,
    double collaborativeDropout,
    ItemEmbeddingSettings itemEmbedding,
    int sampledNegatives,
    List<Integer> prefixes,
    Commitment commitment) {
  /** Most sampled negatives of one step. */
  public static final int MAX_NEGATIVES = 1_000_000;

  /** Most prefixes. */
  static final int MAX_PREFIXES = 16;

  public Objective {
    prefixes = List.copyOf(prefixes);
    check(temperature > 0 && temperature <= 1, "temperature is %s, expected (0, 1]", temperature);
    check(
        collaborativeDropout >= 0 && collaborativeDropout < 1,
        "collaborative dropout is %s, expected [0, 1)",
        collaborativeDropout);
    checkRange(sampledNegatives, 0, MAX_NEGATIVES, "%d sampled negatives");
    checkRange(prefixes.size(), 0, MAX_PREFIXES, "%d prefixes");
    prefixes.forEach(prefix -> check(prefix > 0, "prefix of %d dimensions", prefix));
  }

  public Objective withWeights(LossWeights other) {
    return new Objective(
        temperature,
        other,
        collaborativeDropout,
        itemEmbedding,
        sampledNegatives,
        prefixes,
        commitment);
  }

  public Objective withItemEmbedding(ItemEmbeddingSettings other) {
    return new Objective(
        temperature, weights, collaborativeDropout, other, sampledNegatives, prefixes, commitment);
  }

  public Objective withPrefixes(List<Integer> other) {
    return new Objective(
        temperature,
        weights,
        collaborativeDropout,
        itemEmbedding,
        sampledNegatives,
        other,
        commitment);
  }

  public Objective withCommitment(Commitment other) {
    return new Objective(
        temperature,
        weights,
        collaborativeDropout,
        itemEmbedding,
        sampledNegatives,
        prefixes,
        other);
  }
}
