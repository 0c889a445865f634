package io.sidestream.datasets;

import static java.util.Objects.requireNonNull;

import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserErrorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** A file of comma-separated values in UTF-8 whose first line names its columns. */
final class CsvTable {
  /*
   * What common programs write besides is read too: a column without a name (the index of a data
   * frame), commas at the end of lines, lines without a value (the end of a sheet), and a first
   * line "sep=,".
   */
  private static final CSVFormat FORMAT = CSVFormat.RFC4180;
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final String SEPARATOR = "sep=";

  private final Path file;
  private final List<String> columns;

  private CsvTable(Path file, String... columns) {
    this.file = file;
    this.columns = List.of(columns);
  }

  /**
   * A file that must be there.
   *
   * @param columns required columns; others are ignored
   */
  static CsvTable required(Path file, String... columns) {
    if (!Files.isRegularFile(file)) {
      throw new UserErrorException("%s does not exist", file);
    }
    return new CsvTable(file, columns);
  }

  /** A file that may be absent: it has no rows then. */
  static CsvTable optional(Path file, String... columns) {
    return new CsvTable(file, columns);
  }

  /** Passes on each row, in order. An empty file has none. */
  void forEach(Consumer<CsvRow> reader) {
    if (Files.isRegularFile(file)) {
      read(reader);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }

  private void read(Consumer<CsvRow> reader) {
    try (BufferedReader text = open();
        CSVParser parser = CSVParser.builder().setReader(text).setFormat(FORMAT).get()) {
      Lines lines = new Lines(parser);
      if (lines.hasNext()) {
        read(lines, header(lines), reader);
      }
    } catch (CharacterCodingException e) {
      throw new UserErrorException("%s is not UTF-8 text", file);
    } catch (IOException e) {
      throw new UserErrorException(e, file + " cannot be read: " + ReasonText.of(e));
    }
  }

  private BufferedReader open() throws IOException {
    BufferedReader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  private List<String> header(Lines lines) throws IOException {
    CSVRecord first = lines.next();
    if (first.get(0).startsWith(SEPARATOR)) {
      checkSeparator(first);
      first = lines.hasNext() ? lines.next() : first;
    }
    List<String> found = first.stream().map(String::strip).toList();
    if (!found.containsAll(columns)) {
      throw error(
          lines.line(),
          "columns are %s, expected %s",
          String.join(",", found),
          String.join(",", columns));
    }
    for (String column : columns) {
      if (found.indexOf(column) != found.lastIndexOf(column)) {
        throw error(lines.line(), "there are two columns %s", column);
      }
    }
    return withoutUnnamedEnd(found);
  }

  private void checkSeparator(CSVRecord first) {
    String whole = String.join(",", first);
    if (!whole.equals(SEPARATOR + ",")) {
      throw error(1, "values are separated by \"%s\", expected commas", whole.substring(4));
    }
  }

  private static List<String> withoutUnnamedEnd(List<String> found) {
    int width = found.size();
    while (found.get(width - 1).isEmpty()) {
      width--;
    }
    return found.subList(0, width);
  }

  private void read(Lines lines, List<String> header, Consumer<CsvRow> reader) throws IOException {
    Map<String, Integer> positions = new HashMap<>();
    columns.forEach(column -> positions.put(column, header.indexOf(column)));
    while (lines.hasNext()) {
      CSVRecord cells = lines.next();
      CsvRow row = new CsvRow(file, lines.line(), positions, cells);
      if (cells.size() < header.size() || !isBlank(cells, header.size())) {
        throw row.error("%d values, expected %d", cells.size(), header.size());
      }
      reader.accept(row);
    }
  }

  private static boolean isBlank(CSVRecord cells, int from) {
    for (int i = from; i < cells.size(); i++) {
      if (!cells.get(i).isBlank()) {
        return false;
      }
    }
    return true;
  }

  private UserErrorException error(long line, String message, Object... arguments) {
    return new UserErrorException("%s, line %d: %s", file, line, String.format(message, arguments));
  }

  /** The records of a file that hold a value, each with the number of its first line. */
  private final class Lines {
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private @Nullable CSVRecord next;
    private long nextLine;
    private long line;

    Lines(CSVParser parser) {
      this.parser = parser;
      this.records = parser.iterator();
    }

    boolean hasNext() throws IOException {
      while (next == null && advance()) {
        CSVRecord found = records.next();
        next = isBlank(found, 0) ? null : found;
      }
      return next != null;
    }

    private boolean advance() throws IOException {
      nextLine = parser.getCurrentLineNumber() + 1;
      try {
        return records.hasNext();
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof CharacterCodingException) {
          throw e.getCause();
        }
        throw error(nextLine, "a quote is never closed, or followed by more than a comma");
      }
    }

    CSVRecord next() {
      CSVRecord found = requireNonNull(next);
      next = null;
      line = nextLine;
      return found;
    }

    /** Of the record that was returned last, from 1. */
    long line() {
      return line;
    }
  }
}
