package io.sidestream.datasets;

import static java.util.Objects.requireNonNull;

import io.sidestream.schemas.NormalizedQuery;
import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserErrorException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVRecord;

/**
 * One row of a table, which names its file and line when a value of it is wrong.
 *
 * @param positions of the columns that may be asked for
 */
record CsvRow(Path file, long line, Map<String, Integer> positions, CSVRecord cells) {
  /** The value of a column, ends trimmed; not empty. */
  String text(String column) {
    String value = optionalText(column);
    if (NormalizedQuery.isBlank(value)) {
      throw error("%s is empty", column);
    }
    return value;
  }

  /** The value of a column, ends trimmed; may be empty. */
  String optionalText(String column) {
    return cells.get(requireNonNull(positions.get(column))).strip();
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

  /** A time, in seconds since 1970 or as ISO 8601 writes it. */
  Instant time(String column) {
    String value = text(column);
    return TimeText.read(value)
        .orElseThrow(() -> error("%s is \"%s\", expected %s", column, value, TimeText.EXPECTED));
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
