package io.sidestream.experiments.embedding;

import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.learning.biencoder.Commitment;
import io.sidestream.learning.biencoder.ItemEmbeddingSettings;
import io.sidestream.learning.biencoder.LossWeights;
import java.util.List;

/**
 * Inputs and losses of one bi-encoder.
 *
 * @param collaborative whether the item tower reads the collaborative vector beside the text
 * @param itemEmbeddings whether each item of the corpus has a trained embedding as well, drawn
 *     towards its codes
 * @param weights of the losses; a loss of weight 0 is left out
 * @param prefixes lengths of Matryoshka prefixes, rising; none for an ordinary space
 */
public record BiEncoderRecipe(
    boolean collaborative, boolean itemEmbeddings, LossWeights weights, List<Integer> prefixes) {
  /** Text only, tuned on queries: the search specialist. */
  public static final BiEncoderRecipe SEARCH_TUNED = text(new LossWeights(1, 0, 0));

  /** Text only, tuned on queries and on co-occurring items, as published. */
  static final BiEncoderRecipe MULTI_TASK = text(new LossWeights(1, 1, 0));

  /**
   * Text, collaborative vectors and item embeddings, tuned on queries and histories: the full
   * system's.
   */
  public static final BiEncoderRecipe JOINT = allParts(new LossWeights(1, 0, 1));

  /** The same inputs tuned on histories only: a recommendation specialist with towers. */
  public static final BiEncoderRecipe RECOMMENDATION_TUNED = allParts(new LossWeights(0, 0, 1));

  public BiEncoderRecipe {
    prefixes = List.copyOf(prefixes);
  }

  private static BiEncoderRecipe text(LossWeights weights) {
    return new BiEncoderRecipe(false, false, weights, List.of());
  }

  private static BiEncoderRecipe allParts(LossWeights weights) {
    return new BiEncoderRecipe(true, true, weights, List.of());
  }

  /** The same with other weights of the search and recommendation losses. */
  public BiEncoderRecipe mixed(double search, double recommendation) {
    return new BiEncoderRecipe(
        collaborative, itemEmbeddings, weights.mixed(search, recommendation), prefixes);
  }

  /** The same, trained so that these beginnings of the vector serve alone as well. */
  public BiEncoderRecipe nested(List<Integer> newPrefixes) {
    return new BiEncoderRecipe(collaborative, itemEmbeddings, weights, newPrefixes);
  }

  /** These settings with what the recipe says. */
  BiEncoderSettings applied(BiEncoderSettings settings) {
    return settings.withObjective(
        settings
            .objective()
            .withWeights(weights)
            .withItemEmbedding(
                itemEmbeddings ? settings.objective().itemEmbedding() : ItemEmbeddingSettings.NONE)
            .withCommitment(itemEmbeddings ? settings.objective().commitment() : Commitment.NONE)
            .withPrefixes(prefixes));
  }
}
