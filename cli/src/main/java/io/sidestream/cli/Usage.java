package io.sidestream.cli;

import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of arguments; a failed one is a usage error. */
final class Usage {
  private Usage() {}

  /** Throws a {@link ParameterException} unless the condition holds. */
  static void check(CommandSpec spec, boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw error(spec, message, arguments);
    }
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
