package io.sidestream.experiments.spaces;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.trainer.encoder.BiEncoderSettings;
import io.sidestream.trainer.encoder.FreePart;
import io.sidestream.trainer.encoder.Objective;
import java.util.List;

/**
 * What one bi-encoder learns from and by.
 *
 * @param collaborative whether the item tower reads the collaborative vector beside the text
 * @param free whether each item of the corpus has an embedding of its own beside these
 * @param search weight of the loss of queries and the items chosen for them; 0 leaves it out
 * @param recommendation weight of the losses of items met together and of histories; 0 leaves them
 *     out
 * @param prefixes lengths of the vector's beginnings that must serve alone as well, rising; none
 *     for an ordinary space
 */
public record BiEncoderRecipe(
    boolean collaborative,
    boolean free,
    double search,
    double recommendation,
    List<Integer> prefixes) {
  /** Text alone, tuned on queries: the search specialist. */
  public static final BiEncoderRecipe SEARCH_TUNED = text(1, 0);

  /** Text alone, tuned on both signals as published. */
  public static final BiEncoderRecipe MULTI_TASK = text(1, 1);

  /** Text, collaborative and free parts, tuned on both signals: what ships. */
  public static final BiEncoderRecipe JOINT = new BiEncoderRecipe(true, true, 1, 1, List.of());

  public BiEncoderRecipe {
    prefixes = List.copyOf(prefixes);
    check(
        search >= 0 && recommendation >= 0 && search + recommendation > 0,
        "losses are weighed %s and %s, expected 0 or more, one of them above",
        search,
        recommendation);
  }

  /** Text alone. */
  public static BiEncoderRecipe text(double search, double recommendation) {
    return new BiEncoderRecipe(false, false, search, recommendation, List.of());
  }

  /** The same parts with other weights of the two losses. */
  public BiEncoderRecipe mixed(double newSearch, double newRecommendation) {
    return new BiEncoderRecipe(collaborative, free, newSearch, newRecommendation, prefixes);
  }

  /** The same, trained so that these beginnings of the vector serve alone as well. */
  public BiEncoderRecipe nested(List<Integer> newPrefixes) {
    return new BiEncoderRecipe(collaborative, free, search, recommendation, newPrefixes);
  }

  /** These settings with what the recipe says. */
  BiEncoderSettings applied(BiEncoderSettings settings) {
    Objective objective = settings.objective();
    return settings.withObjective(
        objective
            .withWeights(objective.weights().mixed(search, recommendation))
            .withFree(free ? objective.free() : FreePart.NONE)
            .withPrefixes(prefixes.stream().filter(p -> p < settings.dimensions()).toList()));
  }
}
