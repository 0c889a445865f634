package io.sidestream.datasets;

import io.sidestream.schemas.EventTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as files write them: seconds since 1970, or ISO 8601, in UTC where no offset is given. */
final class TimeText {
  /*
   * Other numbers are taken for nothing: 20000730 would be a second of August 1970 and is meant as
   * a date, 964982703000 counts milliseconds, 200007301845 is written without its separators. The
   * first months of 1970 are what readers of records take for seconds in place of milliseconds.
   */

  /** The last second of 2199. */
  static final long MAX_SECOND = 7_258_118_399L;

  /** What a time should look like. */
  static final String EXPECTED =
      "seconds since 1970, 0 to "
          + MAX_SECOND
          + ", or a time such as 2000-07-30T18:45:00Z, not of 1970-01-04 to 1970-03-26";

  private static final Pattern NUMBER = Pattern.compile("(\\d{1,18})(\\.0*)?");
  private static final int DIGITS_OF_A_DATE = 8;

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']HH:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .optionalEnd()
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter();

  private TimeText() {}

  /** The time that a text says; empty where it says none, or may mean another. */
  static Optional<Instant> read(String text) {
    return parse(text).filter(at -> !EventTime.looksLikeSeconds(at.toEpochMilli()));
  }

  private static Optional<Instant> parse(String text) {
    Matcher number = NUMBER.matcher(text);
    if (number.matches()) {
      return seconds(number.group(1));
    }
    try {
      return Optional.of(Instant.from(ISO.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> seconds(String digits) {
    long number = Long.parseLong(digits);
    return number <= MAX_SECOND && !isDate(digits)
        ? Optional.of(Instant.ofEpochSecond(number))
        : Optional.empty();
  }

  private static boolean isDate(String digits) {
    if (digits.length() != DIGITS_OF_A_DATE || digits.charAt(0) > '2') {
      return false;
    }
    try {
      return LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE)
              .atStartOfDay(ZoneOffset.UTC)
              .getYear()
          >= 1900;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
