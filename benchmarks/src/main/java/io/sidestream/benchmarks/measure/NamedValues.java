package io.sidestream.benchmarks.measure;

import static io.sidestream.schemas.Checks.check;

import java.util.Map;
import java.util.TreeMap;

/** Arguments of the form name=value, each with a default. */
public final class NamedValues {
  private NamedValues() {}

  /**
   * The value of every name.
   *
   * @param help how to write them
   * @throws IllegalArgumentException with {@code help} for a name that has no default
   */
  public static Map<String, String> read(
      Map<String, String> defaults, String help, String... arguments) {
    Map<String, String> values = new TreeMap<>(defaults);
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = argument.substring(0, Math.max(equals, 0));
      check(defaults.containsKey(name), "%s is no option\n%s", argument, help);
      values.put(name, argument.substring(equals + 1));
    }
    return values;
  }
}
