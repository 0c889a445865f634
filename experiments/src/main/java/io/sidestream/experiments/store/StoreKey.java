package io.sidestream.experiments.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * All that decides what an entry holds, as text; equal keys mean equal entries.
 *
 * @param scope what all entries of one data set, seed and settings have in common
 * @param name of the entry within that
 */
record StoreKey(String scope, String name) {
  private static final int MAX_SLUG = 60;
  private static final int HASH_DIGITS = 16;

  /** A name that a person can read, and a hash that tells keys apart. */
  String fileName(String extension) {
    String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return slug.substring(0, Math.min(MAX_SLUG, slug.length()))
        + "-"
        + hash().substring(0, HASH_DIGITS)
        + extension;
  }

  String text() {
    return scope + "\n" + name;
  }

  private String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
