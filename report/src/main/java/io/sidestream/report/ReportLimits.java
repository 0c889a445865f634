package io.sidestream.report;

import static io.sidestream.report.Checks.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a report may hold at most, so that a page stays one that a browser opens at once. */
final class ReportLimits {
  /** Most characters of a name, a title or a label. */
  static final int MAX_NAME = 160;

  /** Most characters of a sentence, a caption or a fact. */
  static final int MAX_TEXT = 4_000;

  /** Most characters of a mark behind a number. */
  static final int MAX_MARK = 4;

  /** Most facts of a set-up. */
  static final int MAX_FACTS = 64;

  /** Most tables, and most charts, of one experiment. */
  static final int MAX_EXHIBITS = 64;

  /** Most columns of a table. */
  static final int MAX_COLUMNS = 32;

  /** Most rows of a table. */
  static final int MAX_ROWS = 1_000;

  /** Most names in one chart: points of a scatter, series, groups of a space, bars. */
  static final int MAX_NAMED = 64;

  /** Most points of one line. */
  static final int MAX_LINE_POINTS = 4_096;

  /** Most points of a space, all groups together. */
  static final int MAX_SPACE_POINTS = 20_000;

  private ReportLimits() {}

  static void checkName(String what, String name) {
    check(
        !name.isBlank() && name.length() <= MAX_NAME,
        "%s has %d characters, expected 1 to %d, not blank",
        what,
        name.length(),
        MAX_NAME);
  }

  static void checkSentence(String what, String text) {
    check(!text.isBlank(), "%s is blank", what);
    checkText(what, text);
  }

  static void checkText(String what, String text) {
    check(
        text.length() <= MAX_TEXT,
        "%s has %d characters, expected at most %d",
        what,
        text.length(),
        MAX_TEXT);
  }

  static void checkFinite(String what, double number) {
    check(Double.isFinite(number), "%s is %s, expected a finite number", what, number);
  }

  static void checkSpread(String what, double size) {
    check(
        Double.isFinite(size) && size >= 0,
        "%s is %s, expected a finite number of at least 0",
        what,
        size);
  }

  static void checkCount(String what, int count, int least, int most) {
    check(count >= least && count <= most, "%d %s, expected %d to %d", count, what, least, most);
  }

  static void checkDistinct(String what, List<String> names) {
    check(names.size() == names.stream().distinct().count(), "%s repeat: %s", what, names);
  }

  static Map<String, String> checkedFacts(Map<String, String> facts) {
    checkCount("facts", facts.size(), 0, MAX_FACTS);
    facts.forEach(
        (name, fact) -> {
          checkName("name of a fact", name);
          checkText(name, fact);
        });
    return Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }
}
