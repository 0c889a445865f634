package io.sidestream.learning.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.schemas.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {
  @Test
  void profile_everyValue_isTheGolden() throws IOException {
    for (Profile profile : Profile.values()) {
      assertEquals(golden(profile), lines(TrainingSettings.profile(profile)), profile.name());
    }
  }

  @Test
  void profile_everyKeyOfAFile_isDeclared() {
    TrainingSettings.SCHEMA
        .profiles()
        .values()
        .forEach(file -> TrainingSettings.profile(Profile.QUICK).with(file));
  }

  @Test
  void with_oneKey_differsByThatKey() {
    TrainingSettings other =
        TrainingSettings.profile(Profile.QUICK).with(Map.of("trainer.seed", "3"));

    assertEquals(3, other.seed());
    assertEquals(TrainingSettings.profile(Profile.QUICK), other.with(Map.of("trainer.seed", "1")));
    assertEquals(
        TrainingSettings.profile(Profile.FULL).generator(),
        other.with(Map.of("trainer.profile", "full")).generator());
  }

  @Test
  void sequence_searchesWeigh_byBothWeights() {
    TrainingSettings settings =
        TrainingSettings.profile(Profile.QUICK)
            .with(
                Map.of(
                    "trainer.generator.loss.search", "3",
                    "trainer.generator.sequence.search.weight", "0.5"));

    assertEquals(1.5, settings.sequence().training().search());
    assertEquals(3, settings.generator().tasks().search());
  }

  @Test
  void with_severalMistakes_namesThemAll() {
    SettingsException refused =
        assertThrows(
            SettingsException.class,
            () ->
                TrainingSettings.profile(Profile.QUICK)
                    .with(
                        Map.of(
                            "trainer.generator.heads", "5",
                            "trainer.validation.users", "900",
                            "trainer.beams", "3",
                            "trainer.sed", "3")));

    assertEquals(4, refused.mistakes().size(), refused.getMessage());
  }

  @Test
  void with_promptWithoutAFolder_isRefused() {
    SettingsException refused =
        assertThrows(
            SettingsException.class,
            () ->
                TrainingSettings.profile(Profile.QUICK)
                    .with(Map.of("trainer.encoder.model.prompt", "query:")));

    assertEquals(
        List.of("trainer.encoder.model.prompt is set, and trainer.encoder.model names no folder"),
        refused.mistakes());
  }

  private static String lines(TrainingSettings settings) {
    return settings.asText().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static String golden(Profile profile) throws IOException {
    String name = "/golden/settings/" + profile + ".properties";
    try (InputStream in = TrainingSettingsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
