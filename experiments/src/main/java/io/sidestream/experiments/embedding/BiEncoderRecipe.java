package io.sidestream.experiments.embedding;

import io.sidestream.learning.biencoder.BiEncoderSettings;
import io.sidestream.learning.biencoder.Commitment;
import io.sidestream.learning.biencoder.ItemEmbeddingSettings;
import io.sidestream.learning.biencoder.LossWeights;
import java.util.List;

/**
 * What one bi-encoder learns from and by.
 *
 * @param collaborative whether the item tower reads the collaborative vector beside the text
 * @param free whether each item of the corpus has an embedding of its own beside these; such
 *     vectors are drawn towards their codes while they learn
 * @param weights of the losses; a loss of weight 0 is left out
 * @param prefixes lengths of the vector's beginnings that must serve alone as well, rising; none
 *     for an ordinary space
 */
public record BiEncoderRecipe(
    boolean collaborative, boolean free, LossWeights weights, List<Integer> prefixes) {
  /** Text alone, tuned on queries: the search specialist. */
  public static final BiEncoderRecipe SEARCH_TUNED = text(new LossWeights(1, 0, 0));

  /** Text alone, tuned on queries and on items met together, as published. */
  public static final BiEncoderRecipe MULTI_TASK = text(new LossWeights(1, 1, 0));

  /** Text, collaborative and free parts, tuned on queries and histories: what ships. */
  public static final BiEncoderRecipe JOINT = allParts(new LossWeights(1, 0, 1));

  /** The same parts tuned on histories alone: a recommendation specialist with towers. */
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

  /** The same parts with the search loss and those of recommendation weighed anew. */
  public BiEncoderRecipe mixed(double search, double recommendation) {
    return new BiEncoderRecipe(
        collaborative, free, weights.mixed(search, recommendation), prefixes);
  }

  /** The same, trained so that these beginnings of the vector serve alone as well. */
  public BiEncoderRecipe nested(List<Integer> newPrefixes) {
    return new BiEncoderRecipe(collaborative, free, weights, newPrefixes);
  }

  /** These settings with what the recipe says. */
  BiEncoderSettings applied(BiEncoderSettings settings) {
    return settings.withObjective(
        settings
            .objective()
            .withWeights(weights)
            .withItemEmbedding(
                free ? settings.objective().itemEmbedding() : ItemEmbeddingSettings.NONE)
            .withCommitment(free ? settings.objective().commitment() : Commitment.NONE)
            .withPrefixes(prefixes));
  }
}
