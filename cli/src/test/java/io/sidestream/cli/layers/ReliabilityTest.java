package io.sidestream.cli.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Checks the tables of faults: each row once, each test that it names, by the tag of the row. */
class ReliabilityTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([FBLMS]\\d+|\\d\\d) \\|(.*)\\|([^|]*)\\|$");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)`");
  private static final Pattern TAG = Pattern.compile("(?m)^ *@Tag\\(\"([^\"]+)\"\\)$");

  /** So that {@code mvn verify -Dgroups=F10} runs all that holds the row. */
  @Test
  void tags_ofTests_areTheRowsThatNameThem() throws IOException {
    Map<String, Set<String>> named = new TreeMap<>();
    for (MatchResult row : rows()) {
      TEST.matcher(row.group(3))
          .results()
          .forEach(test -> add(named, tag(row.group(1)), test.group(1)));
    }
    Map<String, Set<String>> tagged = new TreeMap<>();
    for (Repository.Source source : Repository.sources(source -> source.is("Test.java"))) {
      String test = source.path().replaceAll(".*/|\\.java$", "");
      TAG.matcher(source.text()).results().forEach(tag -> add(tagged, tag.group(1), test));
    }
    assertEquals(lines(tagged), lines(named));
  }

  @Test
  void table_rows_areAllThereOnce() throws IOException {
    List<String> expected = new ArrayList<>();
    expect(expected, "F", 20);
    expect(expected, "B", 20);
    expect(expected, "L", 6);
    expect(expected, "M", 12);
    expect(expected, "S", 10);
    assertEquals(
        expected,
        rows().stream()
            .map(row -> row.group(1))
            .filter(row -> !Character.isDigit(row.charAt(0)))
            .toList());
  }

  /** A case of people's troubles has a number alone. */
  private static String tag(String row) {
    return Character.isDigit(row.charAt(0)) ? "case-" + row : row;
  }

  private static void add(Map<String, Set<String>> tests, String tag, String test) {
    tests.computeIfAbsent(tag, any -> new TreeSet<>()).add(test);
  }

  private static String lines(Map<String, Set<String>> tests) {
    return tests.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
  }

  private static void expect(List<String> rows, String letter, int count) {
    IntStream.rangeClosed(1, count).forEach(number -> rows.add(letter + number));
  }

  private static List<MatchResult> rows() throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/reliability.md"));
    return ROW.matcher(page).results().toList();
  }
}
