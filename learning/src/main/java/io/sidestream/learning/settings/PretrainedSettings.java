package io.sidestream.learning.settings;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.learning.generator.GraphPlan;
import io.sidestream.schemas.settings.SettingValues;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The models of Hugging Face folders that a training starts from.
 *
 * @param encoder of texts; empty for the bundled one
 * @param prompt what is put before each of its texts; empty for what the folder says
 * @param encoderFineTuned whether the encoder itself learns before the heads do
 * @param generator empty for one that is trained from scratch
 * @param normalizer of the generator's probabilities
 */
public record PretrainedSettings(
    Optional<Path> encoder,
    Optional<String> prompt,
    boolean encoderFineTuned,
    Optional<Path> generator,
    GraphPlan.Normalizer normalizer) {
  private static final String PROMPT = "trainer.encoder.model.prompt";
  private static final String FINE_TUNED = "trainer.encoder.model.fine.tuned";
  private static final String STEPS = "trainer.encoder.fine.tuning.steps";
  private static final String LAYERS = "trainer.encoder.fine.tuning.layers";

  static PretrainedSettings of(SettingValues values) {
    PretrainedSettings settings =
        new PretrainedSettings(
            folder(values, "trainer.encoder.model"),
            prompt(values.text(PROMPT)),
            values.flag(FINE_TUNED),
            folder(values, "trainer.generator.model"),
            values.choice("trainer.generator.model.normalizer", GraphPlan.Normalizer.class));
    check(
        settings.encoder.isPresent() || settings.prompt.isEmpty(),
        "%s is set, and trainer.encoder.model names no folder",
        PROMPT);
    check(
        settings.encoder.isPresent() || !settings.encoderFineTuned,
        "%s is true, and trainer.encoder.model names no folder",
        FINE_TUNED);
    check(
        settings.encoder.isEmpty() || values.integer(LAYERS) == 0,
        "%s is of the bundled encoder, expected %s with a folder's",
        LAYERS,
        FINE_TUNED);
    check(
        !settings.encoderFineTuned || values.integer(STEPS) > 0,
        "%s is 0, expected 1 or more with %s",
        STEPS,
        FINE_TUNED);
    return settings;
  }

  /** Files of settings lose a blank at the end, which prompts have. */
  private static Optional<String> prompt(String set) {
    return set.isBlank() ? Optional.empty() : Optional.of(set.strip() + " ");
  }

  private static Optional<Path> folder(SettingValues values, String key) {
    return values.text(key).isBlank() ? Optional.empty() : Optional.of(values.path(key));
  }
}
