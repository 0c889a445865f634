package io.sidestream.learning.biencoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sidestream.learning.biencoder.BiEncoderSettings.Heads;
import io.sidestream.learning.biencoder.BiEncoderSettings.Layers;
import io.sidestream.model.onnx.Device;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BiEncoderSettingsTest {
  private static final Objective ANY = TestSettings.IN_BATCH;

  @Test
  void settings_atTheirLimits_areTaken() {
    assertEquals(4096, space(BiEncoderSettings.MAX_DIMENSIONS).dimensions());
    assertEquals(1000, settings(1, 0, BiEncoderSettings.MAX_HISTORY_ITEMS, 1).historyItems());
    assertEquals(4096, heads(1_000_000, BiEncoderSettings.MAX_BATCH, 1).batch());
    assertEquals(6, layers(Layers.MAX_TRAINED).trained());
    assertEquals(1_000_000, TestSettings.inBatch(1, 0, Objective.MAX_NEGATIVES).sampledNegatives());
    assertEquals(16, ANY.withPrefixes(prefixes(Objective.MAX_PREFIXES)).prefixes().size());
  }

  @Test
  void settings_beyondTheirLimits_areRefused() {
    assertRefused("space of 4097 dimensions, expected 2 to 4096", () -> space(4097));
    assertRefused("temperature is 0.0, expected (0, 1]", () -> settings(0, 0, 1, 1));
    assertRefused("collaborative dropout is 1.0, expected [0, 1)", () -> settings(1, 1, 1, 1));
    assertRefused("history of 1001 items, expected 1 to 1000", () -> settings(1, 0, 1001, 1));
    assertRefused("history decay 1.5 outside (0, 1]", () -> settings(1, 0, 1, 1.5));
    assertRefused("training of 1000001 steps, expected 0 to 1000000", () -> heads(1_000_001, 2, 1));
    assertRefused("batch of 4097 pairs, expected 2 to 4096", () -> heads(1, 4097, 1));
    assertRefused("learning rate is 0.0, expected above 0", () -> heads(1, 2, 0));
    assertRefused(
        "1000001 sampled negatives, expected 0 to 1000000",
        () -> TestSettings.inBatch(1, 0, 1_000_001));
    assertRefused("17 prefixes, expected 0 to 16", () -> ANY.withPrefixes(prefixes(17)));
    assertRefused(
        "prefix of 128 dimensions, expected fewer than the space's 128",
        () -> space(128).withObjective(ANY.withPrefixes(List.of(64, 128))));
    assertRefused("all losses weigh 0, expected one above", () -> LossWeights.EQUAL.mixed(0, 0));
    assertRefused(
        "loss of queries to items weighs -1.0, expected 0 or more",
        () -> new LossWeights(-1, 1, 1));
    assertRefused(
        "dropout of item embeddings is 1.0, expected [0, 1)",
        () -> new ItemEmbeddingSettings(true, 1, 1, 0));
    assertRefused("7 layers train, expected 0 to 6", () -> layers(7));
  }

  private static BiEncoderSettings settings(
      double temperature, double dropout, int historyItems, double historyDecay) {
    Objective objective = TestSettings.inBatch(temperature, dropout, 0);
    return new BiEncoderSettings(
        8, historyItems, historyDecay, objective, TestSettings.HEADS, Layers.NONE, 1, Device.CPU);
  }

  private static BiEncoderSettings space(int dimensions) {
    return TestSettings.of(dimensions, TestSettings.HEADS, Layers.NONE);
  }

  private static Layers layers(int trained) {
    return new Layers(trained, 1, 2, 1, 3, 3);
  }

  private static List<Integer> prefixes(int count) {
    return Collections.nCopies(count, 1);
  }

  private static Heads heads(int steps, int batch, double learningRate) {
    return new Heads(steps, batch, learningRate, 0);
  }

  private static void assertRefused(String message, Executable settings) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, settings).getMessage());
  }
}
