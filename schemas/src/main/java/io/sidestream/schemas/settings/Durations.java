package io.sidestream.schemas.settings;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in short form: {@code 250ms}, {@code 5s}, {@code 10m}, {@code 1h}, {@code 7d}. */
public final class Durations {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Durations() {}

  /** The duration, or {@link IllegalArgumentException}. ISO-8601 is understood too. */
  public static Duration parse(String text) {
    Matcher matcher = SHORT.matcher(text);
    try {
      return matcher.matches()
          ? requireNonNull(UNITS.get(matcher.group(2)))
              .multipliedBy(Long.parseLong(matcher.group(1)))
          : Duration.parse(text);
    } catch (java.time.DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("not a duration: " + text, e);
    }
  }
}
