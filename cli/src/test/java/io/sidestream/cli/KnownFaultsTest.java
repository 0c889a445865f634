package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compares the libraries of the program with a table of known faults, which says its own age. */
class KnownFaultsTest {
  private static final String TABLE = "/known-faults.csv";
  private static final String UNNAMED = "unnamed ";
  private static final String NETTY = "org/apache/flink/shaded/netty4/io/netty/";

  /** A line of the table: from the first version with it to the first one without it. */
  private record Fault(String library, String first, String fixed, String advisory, String open) {
    static Fault of(String line) {
      String[] cells = line.split(",", -1);
      assertEquals(6, cells.length, line);
      assertTrue(List.of("critical", "high").contains(cells[3]), line);
      return new Fault(cells[0], cells[1], cells[2], cells[4], cells[5]);
    }

    boolean isIn(String version) {
      return compare(version, first) >= 0 && compare(version, fixed) < 0;
    }
  }

  /** Neither does the program have one that is not said to be open, nor is one said to be open. */
  @Tag("S9")
  @Test
  void libraries_knownFaults_areThoseSaidToBeOpen() throws IOException {
    Map<String, String> libraries = libraries();
    assertTrue(libraries.size() > 100, "libraries: " + libraries);
    List<Fault> table = table();
    assertEquals(
        table.stream().filter(fault -> !fault.open().isEmpty()).map(Fault::toString).toList(),
        table.stream()
            .filter(fault -> libraries.containsKey(fault.library()))
            .filter(fault -> fault.isIn(libraries.get(fault.library())))
            .map(Fault::toString)
            .toList());
  }

  /**
   * Where Flink's classes do not name one, nothing makes one: Netty's handlers are put together.
   */
  @Tag("S9")
  @Test
  void classes_saidToBeUnnamed_areNotNamedByFlink() throws IOException {
    Set<String> unnamed =
        table().stream()
            .map(Fault::open)
            .filter(open -> open.startsWith(UNNAMED))
            .map(open -> open.substring(UNNAMED.length()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertFalse(unnamed.isEmpty());
    assertEquals(Set.of(), namedByFlink(unnamed));
    assertEquals(Set.of("HttpServerCodec"), namedByFlink(Set.of("HttpServerCodec")));
  }

  /** Which of these Netty classes are named in Flink's own ones. */
  private static Set<String> namedByFlink(Set<String> classes) throws IOException {
    Set<String> named = new TreeSet<>();
    for (Path jar : jars()) {
      String name = jar.getFileName().toString();
      if (!name.startsWith("flink-") || name.startsWith("flink-shaded-")) {
        continue;
      }
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          String bytes =
              new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
          if (bytes.contains(NETTY)) {
            classes.stream().filter(each -> bytes.contains("/" + each)).forEach(named::add);
          }
        }
      }
    }
    return named;
  }

  @Test
  void isIn_versions_areComparedByTheirNumbers() {
    Fault fault = new Fault("any", "1.2.0", "1.5.7-14", "none", "");
    for (String with : List.of("1.2", "1.5.6-10", "1.5.7-13", "1.5.7.Final", "1.3-20.0")) {
      assertTrue(fault.isIn(with), with);
    }
    for (String without : List.of("1.1.9", "1.5.7-14", "1.5.10", "2", "33.4.0-jre")) {
      assertFalse(fault.isIn(without), without);
    }
  }

  private static List<Fault> table() throws IOException {
    try (InputStream in = KnownFaultsTest.class.getResourceAsStream(TABLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Fault::of)
          .toList();
    }
  }

  /** Version by name, of the jars on the class path: as a repository lays them out. */
  private static Map<String, String> libraries() {
    Map<String, String> versions = new TreeMap<>();
    for (Path jar : jars()) {
      Path version = jar.getParent();
      versions.put(version.getParent().getFileName().toString(), version.getFileName().toString());
    }
    return versions;
  }

  private static List<Path> jars() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(classPath.split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .toList();
  }

  /** By their numbers from the left, as far as there are any. */
  private static int compare(String one, String other) {
    List<Integer> left = numbers(one);
    List<Integer> right = numbers(other);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      int order =
          Integer.compare(i < left.size() ? left.get(i) : 0, i < right.size() ? right.get(i) : 0);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static List<Integer> numbers(String version) {
    List<Integer> numbers = new ArrayList<>();
    for (String part : version.split("[.-]")) {
      if (!part.matches("\\d{1,9}")) {
        break;
      }
      numbers.add(Integer.parseInt(part));
    }
    return numbers;
  }
}
