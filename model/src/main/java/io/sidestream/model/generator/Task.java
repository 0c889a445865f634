package io.sidestream.model.generator;

import java.util.Locale;

/** The task of a prompt. */
public enum Task {
  SEARCH,
  RECOMMENDATION;

  /** As written in manifests and metrics: {@code search}, {@code recommendation}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
