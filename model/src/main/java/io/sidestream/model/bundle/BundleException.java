package io.sidestream.model.bundle;

import io.sidestream.schemas.Generation;
import java.io.IOException;

/** A bundle that cannot be written or must not be served; the message names its generation. */
public final class BundleException extends IOException {
  public BundleException(Generation generation, String message) {
    this(generation.toString(), message, null);
  }

  public BundleException(Generation generation, String message, Throwable cause) {
    this(generation.toString(), message, cause);
  }

  /**
   * @param generation as far as it is known
   */
  BundleException(String generation, String message, Throwable cause) {
    super("generation " + generation + ": " + message, cause);
  }
}
