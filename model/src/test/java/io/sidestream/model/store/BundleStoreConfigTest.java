package io.sidestream.model.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sidestream.schemas.settings.Settings;
import io.sidestream.schemas.settings.SettingsException;
import io.sidestream.schemas.settings.SharedSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BundleStoreConfigTest {
  private static BundleStoreConfig of(Map<String, String> set) {
    return Settings.load(Optional.empty(), Map.of(), Map.of(), set)
        .read(SharedSettings.SCHEMA, BundleStoreConfig::of);
  }

  @Test
  void of_nothingSet_isADirectoryPerCatalogue() {
    BundleStoreConfig config = of(Map.of("catalogue", "films"));

    assertFalse(config.isBucket());
    assertEquals(
        Path.of("work/generations/namespaces/films").toAbsolutePath().toString(),
        config.location());
  }

  @Test
  void of_bucket_hasAFolderPerCatalogue() {
    BundleStoreConfig config = of(Map.of("bundles.store", "s3://bucket/of/ours/"));

    assertTrue(config.isBucket());
    assertEquals("bucket", config.bucket());
    assertEquals("of/ours/default/", config.prefix());
  }

  @Test
  void of_bucketAlone_hasTheCatalogueAsPrefix() {
    assertEquals("default/", of(Map.of("bundles.store", "s3://bucket")).prefix());
  }

  @Test
  void of_mistakes_areNamed() {
    assertMistake(
        "bundle store is gs://bucket/default, expected a directory or s3://bucket/prefix",
        Map.of("bundles.store", "gs://bucket"));
    assertMistake(
        "of bundles.s3.access.key and bundles.s3.secret.key one is set, expected both or none",
        Map.of("bundles.s3.access.key", "key"));
    assertMistake(
        "bundles.s3.endpoint is host:9000, expected a URL such as https://host:9000",
        Map.of("bundles.s3.endpoint", "host:9000"));
    assertMistake(
        "bundle store is s3:///bundles/default, expected s3:// and then a bucket's name of 3 to 63 lower"
            + " case letters, digits, dots and hyphens",
        Map.of("bundles.store", "s3:///bundles"));
  }

  @Tag("S5")
  @Test
  void toString_withKeys_doesNotShowThem() {
    BundleStoreConfig config =
        of(Map.of("bundles.s3.access.key", "the-key", "bundles.s3.secret.key", "the-secret"));

    assertFalse(config.toString().contains("the-secret"), config.toString());
  }

  @Test
  void after_failures_growsToTheLimit() {
    RetryDelays delays = new RetryDelays(Duration.ofSeconds(1), Duration.ofSeconds(5));

    assertEquals(Duration.ofSeconds(1), delays.after(1));
    assertEquals(Duration.ofSeconds(2), delays.after(2));
    assertEquals(Duration.ofSeconds(4), delays.after(3));
    assertEquals(Duration.ofSeconds(5), delays.after(4));
    assertEquals(Duration.ofSeconds(5), delays.after(Integer.MAX_VALUE));
    assertThrows(
        IllegalArgumentException.class, () -> new RetryDelays(Duration.ZERO, Duration.ZERO));
  }

  private static void assertMistake(String expected, Map<String, String> set) {
    SettingsException e = assertThrows(SettingsException.class, () -> of(set));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }
}
