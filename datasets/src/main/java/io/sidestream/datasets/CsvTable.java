package io.sidestream.datasets;

import io.sidestream.schemas.ReasonText;
import io.sidestream.schemas.UserErrorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A file of comma-separated values in UTF-8 whose first line names its columns. */
final class CsvTable {
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
  private static final int BYTE_ORDER_MARK = 0xFEFF;

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
      if (!parser.getHeaderNames().isEmpty()) {
        checkHeader(parser.getHeaderNames());
        read(parser, reader);
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

  private void checkHeader(List<String> found) {
    if (!found.containsAll(columns)) {
      throw new UserErrorException(
          "%s, line 1: columns are %s, expected %s",
          file, String.join(",", found), String.join(",", columns));
    }
  }

  private void read(CSVParser parser, Consumer<CsvRow> reader) throws IOException {
    int width = parser.getHeaderNames().size();
    Iterator<CSVRecord> records = parser.iterator();
    long line = parser.getCurrentLineNumber() + 1;
    while (hasNext(records, line)) {
      CSVRecord cells = records.next();
      CsvRow row = new CsvRow(file, line, cells);
      if (cells.size() != width) {
        throw row.error("%d values, expected %d", cells.size(), width);
      }
      reader.accept(row);
      line = parser.getCurrentLineNumber() + 1;
    }
  }

  private boolean hasNext(Iterator<CSVRecord> records, long line) throws IOException {
    try {
      return records.hasNext();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw e.getCause();
      }
      throw new UserErrorException(
          "%s, line %d: a quote is never closed, or followed by more than a comma", file, line);
    }
  }
}
