package io.sidestream.cli.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.cli.layers.Repository.Source;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks the form of documents, comments and files. */
class DocumentsTest {
  private static final int MAX_MARKDOWN = 140;
  private static final int MAX_COMMENT = 100;
  private static final int MAX_CODE_LINES = 250;
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");

  @Test
  void markdown_lines_fit() {
    assertNone(
        Repository.sources(source -> source.is(".md")),
        line -> line.length() > MAX_MARKDOWN,
        "is longer than " + MAX_MARKDOWN);
  }

  @Test
  void comments_lines_fit() {
    assertNone(
        Repository.sources(source -> source.is(".java")),
        line -> line.length() > MAX_COMMENT && line.matches("\\s*(//|/\\*|\\*).*"),
        "is longer than " + MAX_COMMENT);
  }

  @Test
  void markdown_relativeLinks_pointToFiles() {
    List<String> broken = new ArrayList<>();
    for (Source source : Repository.sources(source -> source.is(".md"))) {
      Path folder = Repository.root().resolve(source.path()).getParent();
      LINK.matcher(source.text())
          .results()
          .filter(link -> !link.group(1).matches("(https?|mailto):.*"))
          .filter(link -> !Files.exists(folder.resolve(decoded(link.group(1)))))
          .forEach(
              link ->
                  broken.add(
                      source.path() + ":" + source.lineAt(link.start()) + ": " + link.group(1)));
    }
    assertEquals("", String.join("\n", broken));
  }

  @Test
  void mainCode_files_areSmall() {
    List<String> large = new ArrayList<>();
    for (Source source : Repository.sources(s -> s.isMain() && s.is(".java"))) {
      long lines =
          source
              .code()
              .lines()
              .filter(line -> !line.isBlank() && !line.matches("(import|package) .*"))
              .count();
      if (lines > MAX_CODE_LINES) {
        large.add(source.path() + ": " + lines + " lines of code, at most " + MAX_CODE_LINES);
      }
    }
    assertEquals("", String.join("\n", large));
  }

  private static void assertNone(List<Source> sources, Predicate<String> bad, String message) {
    List<String> found = new ArrayList<>();
    for (Source source : sources) {
      List<String> lines = source.lines();
      for (int i = 0; i < lines.size(); i++) {
        if (bad.test(lines.get(i))) {
          found.add(source.path() + ":" + (i + 1) + ": " + message);
        }
      }
    }
    assertEquals("", String.join("\n", found));
  }

  private static String decoded(String link) {
    return URLDecoder.decode(link, StandardCharsets.UTF_8);
  }
}
