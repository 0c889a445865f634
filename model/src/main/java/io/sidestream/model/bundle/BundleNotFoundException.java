package io.sidestream.model.bundle;

import io.sidestream.schemas.Generation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A bundle, or a file of it, that is not there, at least not yet; the message names both. */
public final class BundleNotFoundException extends IOException {
  public BundleNotFoundException(Generation generation, String message) {
    this(generation.toString(), message, null);
  }

  /**
   * @param generation its number, or the directory's name where that holds none
   */
  BundleNotFoundException(String generation, String message, @Nullable Throwable cause) {
    super("generation " + generation + ": " + message, cause);
  }
}
