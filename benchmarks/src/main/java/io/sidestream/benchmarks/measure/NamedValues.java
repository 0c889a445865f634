package io.sidestream.benchmarks.measure;

import static io.sidestream.schemas.Checks.check;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Arguments of the form name=value, each with a default. */
public final class NamedValues {
  private final Map<String, String> values;
  private final String help;

  private NamedValues(Map<String, String> values, String help) {
    this.values = values;
    this.help = help;
  }

  /**
   * The value of every name.
   *
   * @param help how to write them
   * @throws IllegalArgumentException with {@code help} for a name that has no default
   */
  public static NamedValues read(Map<String, String> defaults, String help, String... arguments) {
    Map<String, String> values = new TreeMap<>(defaults);
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = argument.substring(0, Math.max(equals, 0));
      check(defaults.containsKey(name), "%s is no option\n%s", argument, help);
      values.put(name, argument.substring(equals + 1));
    }
    return new NamedValues(values, help);
  }

  public String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** The parts between commas; none of an empty value. */
  public List<String> texts(String name) {
    return Arrays.stream(text(name).split(",")).filter(part -> !part.isEmpty()).toList();
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException when it is none
   */
  public int integer(String name) {
    return integer(name, text(name));
  }

  /** The whole numbers between commas. */
  public List<Integer> integers(String name) {
    return texts(name).stream().map(part -> integer(name, part)).toList();
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException when it is none
   */
  public double number(String name) {
    try {
      return Double.parseDouble(text(name));
    } catch (NumberFormatException e) {
      throw noNumber(name, text(name), e);
    }
  }

  /**
   * Yes or no.
   *
   * @throws IllegalArgumentException when it is neither true nor false
   */
  public boolean flag(String name) {
    String text = text(name);
    check(
        text.equals("true") || text.equals("false"),
        "%s is \"%s\", expected true or false\n%s",
        name,
        text,
        help);
    return text.equals("true");
  }

  private int integer(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw noNumber(name, text, e);
    }
  }

  private IllegalArgumentException noNumber(String name, String text, NumberFormatException e) {
    return new IllegalArgumentException(
        "%s is \"%s\", expected a number%n%s".formatted(name, text, help), e);
  }
}
