package io.sidestream.model.onnx;

import io.sidestream.model.resources.Causes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Failures for want of memory, threads or file handles, as ONNX Runtime words them. */
final class ShortageFailure {
  /*
   * It has no type or code for it: its own words for a buffer and a thread that it does not get,
   * those of C++, and those of the operating system. A graph is not to blame, and later there may
   * be enough.
   */
  private static final Pattern WORDS =
      Pattern.compile(
          "Failed to allocate memory for requested buffer|pthread_create failed|\\bbad_alloc\\b"
              + "|Cannot allocate memory|Too many open files|Resource temporarily unavailable");

  private ShortageFailure() {}

  /** Whether a failure, or what caused it, is one of those. */
  static boolean caused(@Nullable Throwable failure) {
    return Causes.anySays(failure, message -> WORDS.matcher(message).find());
  }
}
