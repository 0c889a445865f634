package io.sidestream.cli.layers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the source tree, for tests of its conventions. */
final class Repository {
  private static final Set<String> IGNORED =
      Set.of("target", "work", "shared", "node_modules", ".git", ".idea");
  private static final Pattern PROSE =
      Pattern.compile(
          "//[^\\n]*|/\\*.*?\\*/|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'",
          Pattern.DOTALL);
  private static final Pattern NOT_BLANK = Pattern.compile("[^\\s]");

  private Repository() {}

  /** A file of the tree; its path is relative to the root. */
  record Source(String path, String text) {
    boolean isMain() {
      return path.contains("/src/main/");
    }

    boolean is(String suffix) {
      return path.endsWith(suffix);
    }

    List<String> lines() {
      return text.lines().toList();
    }

    int lineAt(int offset) {
      return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    /** Java code, its comments and strings blanked. */
    String code() {
      return PROSE.matcher(text).replaceAll(found -> blank(found.group()));
    }

    /** Comments and strings of Java, its code blanked; the whole text of other files. */
    String prose() {
      if (!is(".java")) {
        return text;
      }
      StringBuilder prose = new StringBuilder();
      int end = 0;
      Matcher matcher = PROSE.matcher(text);
      while (matcher.find()) {
        prose.append(blank(text.substring(end, matcher.start()))).append(matcher.group());
        end = matcher.end();
      }
      return prose.append(blank(text.substring(end))).toString();
    }

    private static String blank(String part) {
      return NOT_BLANK.matcher(part).replaceAll(" ");
    }
  }

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("sidestream"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  static List<Source> sources(Predicate<Source> wanted) {
    return sources(root()).filter(wanted).toList();
  }

  private static Stream<Source> sources(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .sorted()
          .filter(child -> !IGNORED.contains(child.getFileName().toString()))
          .toList()
          .stream()
          .flatMap(child -> Files.isDirectory(child) ? sources(child) : source(child).stream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Source> source(Path file) {
    String name = root().relativize(file).toString();
    boolean isText = name.matches(".*\\.(java|md|yaml|yml|avsc|properties|xml)|sidestream");
    try {
      return isText ? List.of(new Source(name, Files.readString(file))) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
