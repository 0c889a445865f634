package io.sidestream.experiments.store;

import io.sidestream.model.resources.Hashes;
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

  /** A readable name, and a hash that distinguishes keys. */
  String fileName(String extension) {
    String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return slug.substring(0, Math.min(MAX_SLUG, slug.length()))
        + "-"
        + Hashes.sha256(text()).substring(0, HASH_DIGITS)
        + extension;
  }

  String text() {
    return scope + "\n" + name;
  }
}
