package io.sidestream.model.generator;

import java.util.Locale;

/** What a prompt asks for. */
public enum Task {
  SEARCH,
  RECOMMENDATION;

  /** As written in manifests and metrics: {@code search}, {@code recommendation}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
