package io.sidestream.model.store;

import static io.sidestream.schemas.Checks.check;

import io.sidestream.model.bundle.ManifestSignature;
import io.sidestream.schemas.settings.SettingValues;
import io.sidestream.schemas.settings.TopicSettings;
import java.io.Serializable;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;

/**
 * Configuration of the bundle store of a catalogue.
 *
 * @param location a directory, or {@code s3://bucket/prefix}
 * @param cache directory of local copies of a bucket's bundles
 * @param copies most local copies that are kept
 * @param trusted public keys in PEM, of which one must have signed a bundle; blank: none must
 */
public record BundleStoreConfig(
    String location, String cache, int copies, S3Access s3, String trusted)
    implements Serializable {
  /** Fewest local copies: one generation serves and the one before it stays for a rollback. */
  public static final int MIN_COPIES = 2;

  private static final String TRUSTED = "bundles.trusted.keys";
  private static final String S3 = "s3://";
  private static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

  public BundleStoreConfig {
    check(copies >= MIN_COPIES, "%d local copies of bundles, expected 2 or more", copies);
    check(!location.isBlank(), "bundle store is blank, expected a directory or s3://bucket/prefix");
    check(
        location.startsWith(S3) || !location.contains("://"),
        "bundle store is %s, expected a directory or s3://bucket/prefix",
        location);
    check(
        !location.startsWith(S3) || bucket(location).matches(BUCKET),
        "bundle store is %s, expected s3:// and then a bucket's name of 3 to 63 lower case letters,"
            + " digits, dots and hyphens",
        location);
  }

  /** The store and the cache of one namespace, which is a folder in both. */
  public static BundleStoreConfig of(SettingValues values) {
    String own = TopicSettings.namespace(values).folder();
    String store = values.text("bundles.store").strip().replaceAll("/+$", "");
    BundleStoreConfig config =
        new BundleStoreConfig(
            store.contains("://") ? store + "/" + own : folder(store, own),
            folder(values.text("bundles.cache.dir"), own),
            values.integer("bundles.cache.generations"),
            S3Access.of(values),
            values.text(TRUSTED));
    config.trustedKeys(); // a mistake in them ends the start, not the first bundle
    return config;
  }

  /** A store in a directory. */
  public static BundleStoreConfig directory(Path directory) {
    String path = directory.toAbsolutePath().normalize().toString();
    return new BundleStoreConfig(path, path, MIN_COPIES, S3Access.DEFAULT, "");
  }

  /** The keys of which one must have signed a bundle; none where none must. */
  List<PublicKey> trustedKeys() {
    try {
      return trusted.isBlank() ? List.of() : ManifestSignature.trusted(trusted);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(TRUSTED + ": " + e.getMessage(), e);
    }
  }

  private static String folder(String root, String own) {
    return Path.of(root).toAbsolutePath().normalize().resolve(own).toString();
  }

  boolean isBucket() {
    return location.startsWith(S3);
  }

  String bucket() {
    return bucket(location);
  }

  private static String bucket(String location) {
    return location.substring(S3.length()).split("/", 2)[0];
  }

  /** What the keys of all objects begin with: nothing, or a text that ends with a slash. */
  String prefix() {
    String[] parts = location.substring(S3.length()).split("/", 2);
    return parts.length < 2 || parts[1].isEmpty() ? "" : parts[1] + "/";
  }
}
