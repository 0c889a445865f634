package io.sidestream.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of arguments; a failed one is a usage error. */
final class Usage {
  /** A day. */
  static final int MAX_SECONDS = 86_400;

  private Usage() {}

  /** Throws a {@link ParameterException} unless the condition holds. */
  static void check(CommandSpec spec, boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw error(spec, message, arguments);
    }
  }

  /** Throws a {@link ParameterException} unless a number of seconds is 1 to a day's. */
  static void checkSeconds(CommandSpec spec, String option, int seconds) {
    check(
        spec,
        seconds > 0 && seconds <= MAX_SECONDS,
        "%s is %d, expected 1 to %d",
        option,
        seconds,
        MAX_SECONDS);
  }

  /**
   * Makes the folder of a file that a command writes at its end.
   *
   * @throws ParameterException where it cannot be written, before what takes minutes or hours
   */
  static void checkOutput(CommandSpec spec, String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    try {
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw error(spec, "%s %s cannot be written: %s cannot be made", option, file, folder);
    }
    check(spec, !Files.isDirectory(file), "%s %s is a folder, expected a file", option, file);
  }

  /** A value made of arguments; an {@link IllegalArgumentException} is a usage error. */
  static <T> T valid(CommandSpec spec, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  static ParameterException error(CommandSpec spec, String message, Object... arguments) {
    return new ParameterException(
        spec.commandLine(), String.format(Locale.ROOT, message, arguments));
  }
}
