package io.sidestream.rehearsal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sidestream.rehearsal.RehearsalResult.Arm;
import io.sidestream.rehearsal.RehearsalResult.Day;
import io.sidestream.rehearsal.RehearsalResult.Tests;
import io.sidestream.rehearsal.RehearsalResult.Training;
import io.sidestream.report.Axis;
import io.sidestream.report.Cell;
import io.sidestream.report.Chart;
import io.sidestream.report.Column;
import io.sidestream.report.Findings;
import io.sidestream.report.Lines;
import io.sidestream.report.Row;
import io.sidestream.report.Series;
import io.sidestream.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what came of a rehearsal, in tables, charts and JSON. */
public record RehearsalReport(RehearsalResult result) {
  private static final List<String> TASKS = List.of("search", "recommendation");
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Most facts of a page: what comes after them is in the JSON alone. */
  private static final int MAX_FACTS = 60;

  /** The whole result. */
  public byte[] json() {
    try {
      return JSON.writeValueAsBytes(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the result of a rehearsal cannot be written", e);
    }
  }

  /** The result as tables and charts, with what was decided. */
  public Findings findings() {
    List<Chart> charts = new ArrayList<>();
    TASKS.forEach(task -> charts.add(chart(task)));
    return new Findings(
        "rehearsal",
        "How does an index that lives fare beside one that is frozen, and beside an oracle that is"
            + " trained in full each night?",
        meaning(),
        facts(),
        List.of(recall(), trainings()),
        charts);
  }

  private String meaning() {
    List<String> parts = new ArrayList<>();
    for (String task : TASKS) {
      Tests all = result.all(task);
      parts.add(
          String.format(
              Locale.ROOT,
              "%s of the oracle's %s recall (frozen: %s)",
              percent(all.recall(Arm.SYSTEM), all.recall(Arm.ORACLE)),
              task,
              percent(all.recall(Arm.FROZEN), all.recall(Arm.ORACLE))));
    }
    return String.format(
        Locale.ROOT,
        "The system had %s, for %s of the oracle's training CPU time; of %,d requests %,d failed"
            + " and %,d were mixed.",
        String.join(" and ", parts),
        percent(cpuSecondsAfterTheFirst(), result.cpuSeconds(Arm.ORACLE)),
        result.requests(),
        result.failed(),
        result.mixed());
  }

  /** Without the first training, which all arms begin with. */
  private double cpuSecondsAfterTheFirst() {
    double first =
        result.trainings().stream()
            .filter(one -> one.arm() == Arm.SYSTEM && one.day() == 0)
            .mapToDouble(Training::cpuSeconds)
            .sum();
    return result.cpuSeconds(Arm.SYSTEM) - first;
  }

  private static String percent(double part, double whole) {
    return whole > 0 ? String.format(Locale.ROOT, "%.1f %%", 100 * part / whole) : "nothing";
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    int number = 0;
    for (RehearsalResult.Announced one : result.announced()) {
      number++;
      if (facts.size() < MAX_FACTS) {
        facts.put(
            String.format(Locale.ROOT, "%d. %s", number, one.at()),
            "generation %d is %s: %s".formatted(one.generation(), one.state(), one.why()));
      }
    }
    return facts;
  }

  private Table recall() {
    List<Column> columns = new ArrayList<>();
    for (String task : TASKS) {
      columns.add(Column.neutral(task + ", events"));
      for (Arm arm : Arm.values()) {
        columns.add(Column.neutral(task + ", " + label(arm)));
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Day day : result.days()) {
      rows.add(row("day " + day.number(), day.tasks()));
    }
    Map<String, Tests> all = new LinkedHashMap<>();
    TASKS.forEach(task -> all.put(task, result.all(task)));
    rows.add(row("all days", all));
    return new Table(
        "Recall@30 on events as they come",
        "Each event is asked for before it is learned from. Spam is no test.",
        "day",
        columns,
        rows);
  }

  private static Row row(String name, Map<String, Tests> tasks) {
    List<Cell> cells = new ArrayList<>();
    for (String task : TASKS) {
      Tests tests = tasks.getOrDefault(task, new Tests(0, Map.of()));
      cells.add(Cell.count(tests.tests()));
      for (Arm arm : Arm.values()) {
        cells.add(tests.tests() == 0 ? Cell.ABSENT : Cell.of(tests.recall(arm)));
      }
    }
    return new Row(name, cells);
  }

  private Table trainings() {
    List<Row> rows = new ArrayList<>();
    for (Training one : result.trainings()) {
      rows.add(
          Row.of(
              shortened(
                  "day %d, %s %d, %s, asked for by %s"
                      .formatted(
                          one.day(),
                          label(one.arm()),
                          one.generation(),
                          one.start(),
                          one.reason())),
              Cell.count(one.accepted() ? 1 : 0),
              Cell.of(one.cpuSeconds())));
    }
    return new Table(
        "Trainings",
        "The first one is what all begin with.",
        "training",
        List.of(Column.neutral("passed the gate"), Column.lower("CPU s").withDecimals(1)),
        rows);
  }

  private static String shortened(String name) {
    int most = 150;
    return name.length() > most ? name.substring(0, most) + " …" : name;
  }

  private Lines chart(String task) {
    List<Series> series =
        Arrays.stream(Arm.values())
            .map(
                arm ->
                    Series.of(
                        label(arm),
                        result.days().stream()
                            .map(day -> day.tasks().getOrDefault(task, new Tests(0, Map.of())))
                            .mapToDouble(tests -> tests.recall(arm))
                            .toArray()))
            .toList();
    return new Lines(
        "Recall of " + task + " by day", "", Axis.neutral("day"), Axis.higher("recall@30"), series);
  }

  private static String label(Arm arm) {
    return arm.name().toLowerCase(Locale.ROOT);
  }
}
