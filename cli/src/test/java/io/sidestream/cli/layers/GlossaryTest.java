package io.sidestream.cli.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sidestream.cli.layers.Repository.Source;
import io.sidestream.experiments.Experiments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Checks that main code, settings, metrics, commands and documents use the terms of GLOSSARY.md:
 * the resource {@code glossary.tsv} lists the names to avoid, each with its replacement.
 */
class GlossaryTest {
  /** What a name is, which decides where it is searched and where it begins and ends. */
  private enum Kind {
    /** A class, in code, and in backticks of documents. */
    TYPE("(?<![\\w.])(%s)(?!\\w)", 0),
    /** A method or variable, in code. */
    MEMBER("(?<!\\w)(%s)(?!\\w)", 0),
    /** A setting, in strings and documents. */
    KEY("(?<![\\w.])(%s)(?!\\w|\\.\\w)", 0),
    METRIC("(?<!\\w)(%s)(?!\\w)", 0),
    EXPERIMENT("^(%s)$", 0),
    /** A word or phrase, in comments, strings and documents; may be broken over lines. */
    WORD("(?<![\\w-])(%s)(?![\\w-])", Pattern.CASE_INSENSITIVE);

    private final String frame;
    private final int flags;

    Kind(String frame, int flags) {
      this.frame = frame;
      this.flags = flags;
    }

    Pattern pattern(List<Rule> rules) {
      String names =
          rules.stream()
              .map(Rule::name)
              .sorted(Comparator.comparing(String::length).reversed())
              .map(name -> name.replace(".", "\\.").replace(" ", "\\s+(?:[*/]+\\s+)?"))
              .collect(Collectors.joining("|"));
      return Pattern.compile(frame.formatted(names), flags);
    }
  }

  /**
   * One line of the resource.
   *
   * @param allowed regular expression on paths in which the name has another, standard meaning
   */
  private record Rule(Kind kind, String name, String replacement, String allowed) {
    static Rule parse(String line) {
      String[] cells = line.split("\t", -1);
      Kind kind = Kind.valueOf(cells[0].toUpperCase(Locale.ROOT));
      return new Rule(kind, cells[1], cells[2], cells.length > 3 ? cells[3] : "");
    }

    boolean covers(Source source) {
      return !source.path().matches(allowed);
    }
  }

  private static final Map<Kind, List<Rule>> RULES =
      lines("/glossary.tsv").stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Rule::parse)
          .collect(Collectors.groupingBy(Rule::kind));

  @Test
  void code_namesToAvoid_areAbsent() {
    List<Source> code = Repository.sources(source -> source.isMain() && source.is(".java"));
    assertAbsent(Kind.TYPE, code, Source::code);
    assertAbsent(Kind.MEMBER, code, Source::code);
  }

  @Test
  void documents_namesToAvoid_areAbsent() {
    List<Source> documents = Repository.sources(source -> source.is(".md"));
    assertAbsent(Kind.TYPE, documents, source -> marked(source.text()));
  }

  @Test
  void settingsAndMetrics_namesToAvoid_areAbsent() {
    assertAbsent(Kind.KEY, prose(), Source::prose);
    assertAbsent(Kind.METRIC, prose(), Source::prose);
  }

  @Test
  void prose_wordsToAvoid_areAbsent() {
    assertAbsent(Kind.WORD, prose(), Source::prose);
  }

  @Test
  void experiments_namesToAvoid_areAbsent() {
    List<Source> names =
        Experiments.names().stream().map(name -> new Source("experiment " + name, name)).toList();
    assertAbsent(Kind.EXPERIMENT, names, Source::text);
  }

  private static List<Source> prose() {
    return Repository.sources(
        source -> source.isMain() || source.is(".md") || source.is("sidestream"));
  }

  private static void assertAbsent(Kind kind, List<Source> sources, Function<Source, String> part) {
    Map<String, Rule> rules =
        RULES.get(kind).stream().collect(Collectors.toMap(Rule::name, rule -> rule));
    Pattern pattern = kind.pattern(RULES.get(kind));
    List<String> found = new ArrayList<>();
    for (Source source : sources) {
      for (MatchResult hit : pattern.matcher(part.apply(source)).results().toList()) {
        Rule rule = rules.get(name(kind, hit.group(1)));
        if (rule.covers(source)) {
          found.add(
              "%s:%d: \"%s\", use: %s"
                  .formatted(
                      source.path(), source.lineAt(hit.start()), rule.name(), rule.replacement()));
        }
      }
    }
    assertEquals("", String.join("\n", found));
  }

  private static String name(Kind kind, String found) {
    String oneLine = found.replaceAll("\\s+([*/]+\\s+)?", " ");
    return kind == Kind.WORD ? oneLine.toLowerCase(Locale.ROOT) : oneLine;
  }

  /** The parts of a document in backticks, the others blanked; at the same offsets. */
  private static String marked(String text) {
    StringBuilder marked = new StringBuilder();
    boolean inside = false;
    for (char c : text.toCharArray()) {
      inside = c == '`' ? !inside : inside && c != '\n';
      marked.append(inside || c == '\n' ? c : ' ');
    }
    return marked.toString();
  }

  private static List<String> lines(String resource) {
    try (InputStream in = GlossaryTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
