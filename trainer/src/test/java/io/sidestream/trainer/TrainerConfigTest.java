package io.sidestream.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.learning.settings.Profile;
import io.sidestream.learning.settings.TrainingSettings;
import io.sidestream.schemas.Topics;
import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerConfigTest {
  @Test
  void from_nothing_isTheQuickProfile() {
    TrainerConfig config = TrainerConfig.from(Settings.of(Map.of()));
    assertEquals(TrainingSettings.profile(Profile.QUICK), config.training());
    assertEquals(Topics.DEFAULT, config.topics());
    assertEquals(3, config.retained());
  }

  @Test
  void from_profileAndOneSetting_differsByThatSetting() {
    TrainerConfig config =
        TrainerConfig.from(
            Settings.of(
                Map.of(
                    "trainer.profile", "full", "trainer.seed", "9", "ingest.window.items", "7")));
    assertEquals(9, config.training().seed());
    assertEquals(7, config.training().window().items());
    assertEquals(TrainingSettings.profile(Profile.FULL).generator(), config.training().generator());
  }

  @Test
  void from_severalMistakes_namesThemAll() {
    SettingsException refused =
        assertThrows(
            SettingsException.class,
            () ->
                TrainerConfig.from(
                    Settings.of(
                        Map.of(
                            "trainer.beams", "3",
                            "trainer.gate.margin", "2",
                            "trainer.validation.users", "900",
                            "trainer.typo", "1"))));
    String all = refused.getMessage();
    assertTrue(all.contains("Invalid value 3 for configuration trainer.beams"), all);
    assertTrue(all.contains("Invalid value 2.0 for configuration trainer.gate.margin"), all);
    assertTrue(all.contains("900 users for validation"), all);
    assertTrue(all.contains("trainer.typo"), all);
  }

  @Test
  void from_generatorThatCannotBeBuilt_isRefusedBeforeAnyTraining() {
    assertRefused(
        "generator's 128 dimensions do not divide among 5 heads",
        Map.of("trainer.generator.heads", "5"));
    assertRefused(
        "prompts of 4 tokens, expected 5 or more",
        Map.of("trainer.generator.max.tokens", "4", "trainer.codebook.levels", "4"));
  }

  @Test
  void from_keysThatAreNone_namesTheSetting() {
    assertRefused(
        "trainer.sign.key: 0 private keys in PEM, expected 1", Map.of("trainer.sign.key", "key"));
    assertRefused(
        "bundles.trusted.keys: no public key in PEM", Map.of("bundles.trusted.keys", "key.pem"));
  }

  private static void assertRefused(String expected, Map<String, String> settings) {
    SettingsException refused =
        assertThrows(SettingsException.class, () -> TrainerConfig.from(Settings.of(settings)));
    assertTrue(refused.getMessage().contains(expected), refused.getMessage());
  }
}
