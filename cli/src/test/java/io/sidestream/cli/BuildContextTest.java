package io.sidestream.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds what stays outside the image's build to what Maven reads there. */
class BuildContextTest {
  private static final Path PROJECT = Path.of("..");
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  @Test
  void modules_allOfThem_reachTheBuildOfTheImage() throws IOException {
    List<Path> modules =
        MODULE
            .matcher(Files.readString(PROJECT.resolve("pom.xml")))
            .results()
            .map(module -> Path.of(group(module)))
            .toList();

    assertFalse(modules.isEmpty());
    for (Path module : modules) {
      assertEquals(Optional.empty(), whatExcludes(module.resolve("pom.xml")), module.toString());
      assertEquals(Optional.empty(), whatExcludes(module.resolve("src")), module.toString());
    }
  }

  @Test
  void secretsAndOutputs_ofThisDirectory_stayOutside() throws IOException {
    for (String outside : List.of(".env", ".git", "cli/target", "clients/spring/target")) {
      assertTrue(whatExcludes(Path.of(outside)).isPresent(), outside);
    }
  }

  private static String group(MatchResult module) {
    return module.group(1);
  }

  /** First line of .dockerignore that excludes the path, or a directory that it lies in. */
  private static Optional<String> whatExcludes(Path path) throws IOException {
    try (Stream<String> lines = Files.lines(PROJECT.resolve(".dockerignore"))) {
      return lines
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .filter(line -> excludes(line, path))
          .findFirst();
    }
  }

  private static boolean excludes(String line, Path path) {
    // "**/" matches any number of directories, none too; a glob of Java wants one at least.
    String glob = line.startsWith("**/") ? "{,**/}" + line.substring(3) : line;
    return Stream.iterate(path, parent -> parent != null, Path::getParent)
        .anyMatch(part -> FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(part));
  }
}
