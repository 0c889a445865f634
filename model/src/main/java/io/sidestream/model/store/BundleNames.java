package io.sidestream.model.store;

import io.sidestream.schemas.Generation;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The generation in a bundle's name. */
final class BundleNames {
  private static final Pattern NAME = Pattern.compile("generation-(\\d{6,18})");

  private BundleNames() {}

  /** The generation, for a name such as {@code generation-000012} and for no other. */
  static Optional<Generation> generation(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? Optional.of(new Generation(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }
}
