package io.sidestream.model.bundle;

import io.sidestream.schemas.Generation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A bundle that cannot be written or fails verification; the message names its generation. */
public final class BundleException extends IOException {
  public BundleException(Generation generation, String message) {
    this(generation.toString(), message, null);
  }

  public BundleException(Generation generation, String message, Throwable cause) {
    this(generation.toString(), message, cause);
  }

  /**
   * @param generation its number, or the directory's name where that holds none
   */
  BundleException(String generation, String message, @Nullable Throwable cause) {
    super("generation " + generation + ": " + message, cause);
  }
}
