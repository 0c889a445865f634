package io.sidestream.datasets;

import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserErrorException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVRecord;

/** One row of a table, which names its file and line when a value of it is wrong. */
record CsvRow(Path file, long line, CSVRecord cells) {
  /** The end of the year 9999. */
  static final long MAX_SECOND = 253_402_300_799L;

  /** The value of a column, ends trimmed; not empty. */
  String text(String column) {
    String value = optionalText(column);
    if (value.isEmpty()) {
      throw error("%s is empty", column);
    }
    return value;
  }

  /** The value of a column, ends trimmed; may be empty. */
  String optionalText(String column) {
    return cells.get(column).strip();
  }

  /** A decimal number within a range. */
  double number(String column, double min, double max) {
    String value = text(column);
    try {
      double number = Double.parseDouble(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as for a number out of range.
    }
    throw error("%s is \"%s\", expected a number from %s to %s", column, value, min, max);
  }

  /** A whole number within a range. */
  long whole(String column, long min, long max) {
    String value = text(column);
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as for a number out of range.
    }
    throw error("%s is \"%s\", expected a whole number %d to %d", column, value, min, max);
  }

  /** A time written in seconds since 1970. */
  Instant time(String column) {
    return Instant.ofEpochSecond(whole(column, 0, MAX_SECOND));
  }

  /** The supplier's value; an {@link IllegalArgumentException} becomes an error of this row. */
  <T> T checked(Supplier<T> supplier) {
    try {
      return supplier.get();
    } catch (IllegalArgumentException e) {
      throw error("%s", ReasonText.of(e));
    }
  }

  /** An error of this row. */
  UserErrorException error(String message, Object... arguments) {
    return new UserErrorException("%s, line %d: %s", file, line, String.format(message, arguments));
  }
}
