package io.sidestream.cli.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Checks the table of faults: each row once, each test that it names. */
class ReliabilityTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([FBLMS]\\d+) \\|");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)`");

  @Test
  void table_tests_exist() throws IOException {
    Set<String> named = new TreeSet<>();
    TEST.matcher(table()).results().forEach(found -> named.add(found.group(1)));
    Repository.sources(source -> source.is("Test.java")).stream()
        .map(source -> source.path().replaceAll(".*/|\\.java$", ""))
        .forEach(named::remove);
    assertEquals(Set.of(), named);
  }

  @Test
  void table_rows_areAllThereOnce() throws IOException {
    List<String> rows =
        ROW.matcher(table()).results().map(row -> row.group(1)).collect(Collectors.toList());
    List<String> expected = new ArrayList<>();
    add(expected, "F", 20);
    add(expected, "B", 20);
    add(expected, "L", 6);
    add(expected, "M", 12);
    add(expected, "S", 10);
    assertEquals(expected, rows);
  }

  private static void add(List<String> rows, String letter, int count) {
    IntStream.rangeClosed(1, count).forEach(number -> rows.add(letter + number));
  }

  private static String table() throws IOException {
    return Files.readString(Repository.root().resolve("docs/reliability.md"));
  }
}
